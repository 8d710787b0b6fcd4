package metron.stellar.program;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import metron.stellar.function.Body;
import metron.stellar.function.Body0;
import metron.stellar.function.Body1;
import metron.stellar.function.Body2;
import metron.stellar.function.Body3;
import metron.stellar.function.Body4;
import metron.stellar.function.BodyN;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.syntax.Expr;
import metron.stellar.value.Arithmetic;
import metron.stellar.value.Comparison;
import metron.stellar.value.Membership;
import metron.stellar.value.Truth;
import org.jspecify.annotations.Nullable;

/// Turns a checked tree into a hidden class.
///
/// Numbers and booleans whose type the source tells stay on the JVM's stack unboxed. For arithmetic
/// over variables the code asks once whether all of them are Integer, Long or Double, and has a path
/// without boxes for each; anything else takes the general operators, which the interpreter uses too.
/// Variables, function bodies and constants are dynamic constants of the class, so that the JVM
/// inlines what stands behind them. A local variable holds the number of the node that is running;
/// one handler turns whatever is thrown into a failure with a place.
///
/// @param <R> what programs run on
final class Compiler<R> {
  private enum Kind {
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    OBJECT;

    boolean number() {
      return this != BOOLEAN && this != OBJECT;
    }

    static Kind promoted(Kind a, Kind b) {
      return !a.number() || !b.number() ? OBJECT : a.compareTo(b) >= 0 ? a : b;
    }
  }

  private static final ClassDesc PROGRAM = desc(CompiledProgram.class);
  private static final ClassDesc LAMBDA = desc(CompiledProgram.CompiledLambda.class);
  private static final ClassDesc SITES = desc(CompiledProgram.Sites.class);
  private static final ClassDesc EVALUATION = desc(Evaluation.class);
  private static final ClassDesc VARIABLE = desc(Variable.class);
  private static final ClassDesc ARITHMETIC = desc(Arithmetic.class);
  private static final ClassDesc COMPARISON = desc(Comparison.class);
  private static final ClassDesc LIST = desc(List.class);
  private static final ClassDesc MAP = desc(Map.class);
  private static final ClassDesc SET = desc(Set.class);
  private static final ClassDesc PREDICATE = desc(Predicate.class);
  private static final ClassDesc THROWABLE = desc(Throwable.class);
  private static final ClassDesc OBJECTS = CD_Object.arrayType();
  private static final ClassDesc SELF = ClassDesc.of("metron.stellar.program.Compiled");
  private static final MethodTypeDesc OBJECT_TO_OBJECT = MethodTypeDesc.of(CD_Object, CD_Object);
  private static final MethodTypeDesc OBJECT_TO_BOOLEAN = MethodTypeDesc.of(CD_boolean, CD_Object);
  private static final MethodTypeDesc OBJECTS_TO_BOOLEAN =
      MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object);
  private static final MethodTypeDesc OBJECTS_TO_NUMBER =
      MethodTypeDesc.of(desc(Number.class), CD_Object, CD_Object);
  private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_Object, EVALUATION, CD_Object);
  private static final MethodTypeDesc TEST = MethodTypeDesc.of(CD_boolean, EVALUATION, CD_Object);
  private static final MethodTypeDesc CALL_LAMBDA =
      MethodTypeDesc.of(
          CD_Object, EVALUATION, CD_Object, OBJECTS, CD_Object, CD_Object, CD_Object, OBJECTS);

  private static final DirectMethodHandleDesc CLASS_DATA_AT =
      ConstantDescs.ofConstantBootstrap(
          desc(MethodHandles.class), "classDataAt", CD_Object, CD_int);

  /// Every class is a child of Object as far as joins are concerned: no class is looked up.
  private static final ClassFile CLASS_FILE =
      ClassFile.of(
          ClassFile.ClassHierarchyResolverOption.of(
              type ->
                  ClassHierarchyResolver.ClassHierarchyInfo.ofClass(
                      type.equals(CD_Object) ? null : CD_Object)));

  /// HotSpot does not compile methods beyond 8000 bytes; a node is about 15.
  private static final int NODES_OF_A_METHOD = 250;

  private final Checker.Checked<R> checked;
  private final boolean strict;
  private final List<Object> constants = new ArrayList<>();
  private final IdentityHashMap<Object, Integer> shared = new IdentityHashMap<>();
  private final List<Expr> sites = new ArrayList<>();
  private final List<LambdaCode> lambdas = new ArrayList<>();
  private final List<PartCode> parts = new ArrayList<>();
  private final IdentityHashMap<Expr, Integer> sizes = new IdentityHashMap<>();

  /// A lambda whose code is still to be written.
  private record LambdaCode(int id, Expr.Lambda lambda, List<Integer> captured) {}

  /// Operands of a chain that have a method of their own.
  private record PartCode(String name, Expr.Logic logic) {}

  private Compiler(Checker.Checked<R> checked, boolean strict) {
    this.checked = checked;
    this.strict = strict;
  }

  /// @return null when the program is too large for a class; the interpreter runs it then
  static <R> @Nullable CompiledProgram compile(
      String source, Checker.Checked<R> checked, FunctionRegistry functions, boolean strict) {
    Compiler<R> compiler = new Compiler<>(checked, strict);
    byte[] bytes;
    try {
      bytes = CLASS_FILE.build(SELF, compiler::program);
    } catch (IllegalArgumentException _) {
      return null;
    }
    try {
      var lookup =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(bytes, List.copyOf(compiler.constants), true);
      return (CompiledProgram)
          lookup
              .findConstructor(
                  lookup.lookupClass(),
                  java.lang.invoke.MethodType.methodType(void.class, CompiledProgram.Sites.class))
              .invoke(new CompiledProgram.Sites(source, List.copyOf(compiler.sites), functions));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the class of a program can't be made", e);
    }
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  private void program(ClassBuilder builder) {
    builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(PROGRAM);
    builder.withMethodBody(
        "<init>",
        MethodTypeDesc.of(CD_void, SITES),
        0,
        code ->
            code.aload(0)
                .aload(1)
                .invokespecial(PROGRAM, "<init>", MethodTypeDesc.of(CD_void, SITES))
                .return_());
    Expr root = checked.folded();
    boolean predicate = kind(root) == Kind.BOOLEAN;
    builder.withMethodBody(
        "run",
        RUN,
        0,
        code -> {
          if (predicate) {
            code.aload(0).aload(1).aload(2).invokevirtual(SELF, "test", TEST);
            box(code, Kind.BOOLEAN);
            code.areturn();
          } else {
            new Code(code, 1, 2, false).method(root, Kind.OBJECT);
          }
        });
    builder.withMethodBody(
        "test",
        TEST,
        0,
        code -> {
          if (predicate) {
            new Code(code, 1, 2, false).method(root, Kind.BOOLEAN);
          } else {
            code.aload(0).aload(1).aload(2).invokevirtual(SELF, "run", RUN);
            code.invokestatic(desc(Truth.class), "of", OBJECT_TO_BOOLEAN).ireturn();
          }
        });
    // Writing a part or a lambda may bring further ones: the lists grow meanwhile.
    for (int i = 0; i < parts.size(); i++) {
      PartCode part = parts.get(i);
      builder.withMethodBody(
          part.name(),
          TEST,
          ClassFile.ACC_PRIVATE,
          code -> new Code(code, 1, 2, false).method(part.logic(), Kind.BOOLEAN));
    }
    for (int i = 0; i < lambdas.size(); i++) {
      LambdaCode lambda = lambdas.get(i);
      builder.withMethodBody(
          "lambda" + lambda.id(),
          CALL_LAMBDA,
          ClassFile.ACC_PRIVATE,
          code -> {
            Code writer = new Code(code, 1, 2, true);
            List<Expr.Local> variables = lambda.lambda().variables();
            for (int v = 0; v < variables.size(); v++) {
              int index = v;
              if (v < 3) {
                writer.locals.put(variables.get(v).id(), () -> code.aload(4 + index));
              } else {
                writer.locals.put(variables.get(v).id(), () -> writer.rest(7, index));
              }
            }
            for (int c = 0; c < lambda.captured().size(); c++) {
              int index = c;
              writer.locals.put(
                  lambda.captured().get(c), () -> code.aload(3).loadConstant(index).aaload());
            }
            writer.method(lambda.lambda().body(), Kind.OBJECT);
          });
    }
    builder.withMethodBody("lambda", dispatchType(), 0, this::dispatch);
  }

  private static MethodTypeDesc dispatchType() {
    return CALL_LAMBDA.insertParameterTypes(0, CD_int);
  }

  private void dispatch(CodeBuilder code) {
    for (LambdaCode lambda : lambdas) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(lambda.id()).if_icmpne(next);
      code.aload(0);
      for (int slot = 2; slot <= 8; slot++) {
        code.aload(slot);
      }
      code.invokevirtual(SELF, "lambda" + lambda.id(), CALL_LAMBDA).areturn();
      code.labelBinding(next);
    }
    code.aconst_null().areturn();
  }

  /// The number of nodes of a tree.
  private int size(Expr expr) {
    Integer known = sizes.get(expr);
    if (known != null) {
      return known;
    }
    int size = 1;
    for (Expr child : expr.children()) {
      size += size(child);
    }
    sizes.put(expr, size);
    return size;
  }

  private static Kind kind(Expr expr) {
    return switch (expr) {
      case Expr.Literal l ->
          switch (l.value()) {
            case Integer _ -> Kind.INT;
            case Long _ -> Kind.LONG;
            case Float _ -> Kind.FLOAT;
            case Double _ -> Kind.DOUBLE;
            case Boolean _ -> Kind.BOOLEAN;
            case null, default -> Kind.OBJECT;
          };
      case Expr.Not _, Expr.Compare _, Expr.Logic _, Expr.In _, Expr.Exists _ -> Kind.BOOLEAN;
      case Expr.Arithmetic a -> Kind.promoted(kind(a.left()), kind(a.right()));
      case Expr.If i -> {
        Kind then = kind(i.then());
        yield then == kind(i.otherwise()) ? then : Kind.OBJECT;
      }
      case Expr.Match m -> {
        Kind all = kind(m.otherwise());
        for (Expr.Match.Case c : m.cases()) {
          all = all == kind(c.action()) ? all : Kind.OBJECT;
        }
        yield all;
      }
      default -> Kind.OBJECT;
    };
  }

  private static ClassDesc boxed(Kind kind) {
    return switch (kind) {
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case OBJECT -> CD_Object;
    };
  }

  private static ClassDesc primitive(Kind kind) {
    return switch (kind) {
      case INT -> CD_int;
      case LONG -> CD_long;
      case FLOAT -> CD_float;
      case DOUBLE -> CD_double;
      case BOOLEAN -> CD_boolean;
      case OBJECT -> CD_Object;
    };
  }

  private static void box(CodeBuilder code, Kind kind) {
    if (kind != Kind.OBJECT) {
      code.invokestatic(boxed(kind), "valueOf", MethodTypeDesc.of(boxed(kind), primitive(kind)));
    }
  }

  private static void widen(CodeBuilder code, Kind from, Kind to) {
    if (from == to) {
      return;
    }
    switch (from) {
      case INT -> {
        switch (to) {
          case LONG -> code.i2l();
          case FLOAT -> code.i2f();
          default -> code.i2d();
        }
      }
      case LONG -> {
        if (to == Kind.FLOAT) {
          code.l2f();
        } else {
          code.l2d();
        }
      }
      default -> code.f2d();
    }
  }

  /// Writes one method.
  private final class Code {
    private final CodeBuilder code;
    private final int evaluation;
    private final int target;
    private final boolean inLambda;
    private final int site;
    private final Map<Integer, Runnable> locals = new HashMap<>();

    /// Variables and locals that are in a slot of this method already.
    private final Map<Object, Integer> slots = new HashMap<>();

    /// The kind that all of [#slots] have been found to have.
    private Kind slotKind = Kind.OBJECT;

    Code(CodeBuilder code, int evaluation, int target, boolean inLambda) {
      this.code = code;
      this.evaluation = evaluation;
      this.target = target;
      this.inLambda = inLambda;
      this.site = code.allocateLocal(TypeKind.INT);
    }

    void method(Expr expr, Kind result) {
      site(expr);
      Label start = code.newBoundLabel();
      if (result == Kind.BOOLEAN) {
        value(expr);
        code.ireturn();
      } else {
        object(expr);
        code.areturn();
      }
      Label end = code.newBoundLabel();
      Label handler = code.newBoundLabel();
      code.exceptionCatchAll(start, end, handler);
      int thrown = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(thrown)
          .aload(0)
          .aload(thrown)
          .iload(site)
          .invokevirtual(
              PROGRAM,
              "failure",
              MethodTypeDesc.of(desc(RuntimeException.class), THROWABLE, CD_int))
          .athrow();
    }

    private void site(Expr node) {
      code.loadConstant(sites.size()).istore(site);
      sites.add(node);
    }

    private void constant(Object value, ClassDesc type) {
      Integer index = shared.get(value);
      if (index == null) {
        index = constants.size();
        constants.add(value);
        shared.put(value, index);
      }
      code.loadConstant(
          DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, index));
    }

    void rest(int slot, int index) {
      Label none = code.newLabel();
      Label end = code.newLabel();
      code.aload(slot)
          .ifnull(none)
          .aload(slot)
          .loadConstant(index)
          .invokestatic(
              desc(Body.class), "argument", MethodTypeDesc.of(CD_Object, OBJECTS, CD_int), true)
          .goto_(end)
          .labelBinding(none)
          .aconst_null()
          .labelBinding(end);
    }

    /// Leaves the value as an object.
    void object(Expr expr) {
      if (expr instanceof Expr.Literal literal) {
        switch (literal.value()) {
          case null -> code.aconst_null();
          case Boolean b ->
              code.getstatic(
                  ConstantDescs.CD_Boolean, b ? "TRUE" : "FALSE", ConstantDescs.CD_Boolean);
          case Object value -> constant(value, CD_Object);
        }
        return;
      }
      value(expr);
      box(code, kind(expr));
    }

    /// Leaves the value in the form of [Compiler#kind].
    void value(Expr expr) {
      switch (expr) {
        case Expr.Literal l -> literal(l);
        case Expr.Variable v -> variable(v);
        case Expr.Local l -> {
          Integer slot = slots.get(l.id());
          if (slot != null) {
            code.aload(slot);
          } else {
            java.util.Objects.requireNonNull(locals.get(l.id())).run();
          }
        }
        case Expr.ListOf l -> {
          site(l);
          code.aload(evaluation)
              .loadConstant(l.items().size())
              .invokestatic(PROGRAM, "newList", MethodTypeDesc.of(LIST, EVALUATION, CD_int));
          for (Expr item : l.items()) {
            code.dup();
            object(item);
            code.invokeinterface(LIST, "add", OBJECT_TO_BOOLEAN).pop();
          }
        }
        case Expr.MapOf m -> {
          site(m);
          code.aload(evaluation)
              .loadConstant(m.entries().size())
              .invokestatic(PROGRAM, "newMap", MethodTypeDesc.of(MAP, EVALUATION, CD_int));
          for (Expr.MapOf.Entry entry : m.entries()) {
            code.dup();
            object(entry.key());
            object(entry.value());
            code.invokestatic(
                PROGRAM, "put", MethodTypeDesc.of(CD_void, MAP, CD_Object, CD_Object));
          }
        }
        case Expr.Negate n -> {
          object(n.operand());
          site(n);
          code.invokestatic(ARITHMETIC, "negate", MethodTypeDesc.of(desc(Number.class), CD_Object));
        }
        case Expr.Arithmetic a -> arithmetic(a);
        case Expr.If i -> {
          Kind kind = kind(i);
          Label otherwise = code.newLabel();
          Label end = code.newLabel();
          jump(i.condition(), false, otherwise);
          as(i.then(), kind);
          code.goto_(end).labelBinding(otherwise);
          as(i.otherwise(), kind);
          code.labelBinding(end);
        }
        case Expr.Match m -> match(m);
        case Expr.Lambda l -> lambda(l);
        case Expr.Call c -> call(c);
        case Expr.Not _, Expr.Compare _, Expr.Logic _, Expr.In _, Expr.Exists _ -> {
          Label no = code.newLabel();
          Label end = code.newLabel();
          jump(expr, false, no);
          code.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
        }
      }
    }

    private void as(Expr expr, Kind kind) {
      if (kind == Kind.OBJECT) {
        object(expr);
      } else {
        value(expr);
      }
    }

    private void literal(Expr.Literal literal) {
      switch (literal.value()) {
        case null -> code.aconst_null();
        case Integer i -> code.loadConstant(i);
        case Long l -> code.loadConstant(l);
        case Float f -> code.loadConstant(f);
        case Double d -> code.loadConstant(d);
        case Boolean b -> code.loadConstant(b ? 1 : 0);
        case Object value -> constant(value, CD_Object);
      }
    }

    private void variable(Expr.Variable variable) {
      Integer slot = slots.get(variable.name());
      if (slot != null) {
        code.aload(slot);
        return;
      }
      read(variable, inLambda);
    }

    private void read(Expr.Variable variable, boolean lenient) {
      if (strict && !lenient) {
        site(variable);
      }
      constant(
          java.util.Objects.requireNonNull(checked.variables().get(variable.name())), VARIABLE);
      code.aload(target).invokeinterface(VARIABLE, lenient ? "orNull" : "get", OBJECT_TO_OBJECT);
    }

    private void arithmetic(Expr.Arithmetic a) {
      if (kind(a) != Kind.OBJECT) {
        typed(a);
        return;
      }
      List<Expr> leaves = leaves(a);
      if (leaves.isEmpty() || operators(a) < 2) {
        general(a);
        return;
      }
      Label end = code.newLabel();
      paths(
          leaves,
          () -> {
            typed(a);
            box(code, typedKind(a));
            code.goto_(end);
          },
          () -> {
            general(a);
            code.goto_(end);
          });
      code.labelBinding(end);
    }

    private void general(Expr.Arithmetic a) {
      object(a.left());
      object(a.right());
      site(a);
      code.invokestatic(
          ARITHMETIC,
          switch (a.operator()) {
            case ADD -> "add";
            case SUBTRACT -> "subtract";
            case MULTIPLY -> "multiply";
            case DIVIDE -> "divide";
          },
          OBJECTS_TO_NUMBER);
    }

    private static int operators(Expr expr) {
      return expr instanceof Expr.Arithmetic a ? 1 + operators(a.left()) + operators(a.right()) : 0;
    }

    /// The variables of an arithmetic tree, or nothing when it has other parts than those and numbers.
    private List<Expr> leaves(Expr... trees) {
      Map<Object, Expr> leaves = new LinkedHashMap<>();
      int nodes = 0;
      for (Expr tree : trees) {
        nodes += size(tree);
        if (!gather(tree, leaves)) {
          return List.of();
        }
      }
      // Four copies of the tree: not for large ones.
      return strict || nodes > 24 || !slots.isEmpty() ? List.of() : List.copyOf(leaves.values());
    }

    private static boolean gather(Expr expr, Map<Object, Expr> leaves) {
      return switch (expr) {
        case Expr.Arithmetic a -> gather(a.left(), leaves) && gather(a.right(), leaves);
        case Expr.Literal _ -> kind(expr).number();
        case Expr.Variable v -> {
          leaves.putIfAbsent(v.name(), v);
          yield true;
        }
        case Expr.Local l -> {
          leaves.putIfAbsent(l.id(), l);
          yield true;
        }
        default -> false;
      };
    }

    /// Loads the variables once, then takes the first path whose kind all of them have. No path falls
    /// through.
    private void paths(List<Expr> leaves, Runnable fast, Runnable slow) {
      Map<Object, Integer> loaded = new HashMap<>();
      for (Expr leaf : leaves) {
        value(leaf);
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot);
        loaded.put(leaf instanceof Expr.Variable v ? v.name() : ((Expr.Local) leaf).id(), slot);
      }
      slots.putAll(loaded);
      for (Kind kind : List.of(Kind.INT, Kind.LONG, Kind.DOUBLE)) {
        Label next = code.newLabel();
        for (int slot : loaded.values()) {
          code.aload(slot).instanceOf(boxed(kind)).ifeq(next);
        }
        slotKind = kind;
        fast.run();
        slotKind = Kind.OBJECT;
        code.labelBinding(next);
      }
      slow.run();
      slots.clear();
    }

    /// The kind of a tree on a fast path.
    private Kind typedKind(Expr expr) {
      return switch (expr) {
        case Expr.Arithmetic a -> Kind.promoted(typedKind(a.left()), typedKind(a.right()));
        case Expr.Variable _, Expr.Local _ -> slotKind;
        default -> kind(expr);
      };
    }

    /// Leaves the value of a tree on a fast path, without a box.
    private void typed(Expr expr) {
      switch (expr) {
        case Expr.Arithmetic a -> {
          Kind kind = typedKind(a);
          typed(a.left());
          widen(code, typedKind(a.left()), kind);
          typed(a.right());
          widen(code, typedKind(a.right()), kind);
          operate(a, kind);
        }
        case Expr.Variable v -> unboxed(slots.get(v.name()));
        case Expr.Local l -> unboxed(slots.get(l.id()));
        default -> value(expr);
      }
    }

    private void unboxed(@Nullable Integer slot) {
      code.aload(java.util.Objects.requireNonNull(slot))
          .checkcast(boxed(slotKind))
          .invokevirtual(
              boxed(slotKind),
              switch (slotKind) {
                case INT -> "intValue";
                case LONG -> "longValue";
                default -> "doubleValue";
              },
              MethodTypeDesc.of(primitive(slotKind)));
    }

    private void operate(Expr.Arithmetic a, Kind kind) {
      switch (a.operator()) {
        case ADD -> {
          switch (kind) {
            case INT -> code.iadd();
            case LONG -> code.ladd();
            case FLOAT -> code.fadd();
            default -> code.dadd();
          }
        }
        case SUBTRACT -> {
          switch (kind) {
            case INT -> code.isub();
            case LONG -> code.lsub();
            case FLOAT -> code.fsub();
            default -> code.dsub();
          }
        }
        case MULTIPLY -> {
          switch (kind) {
            case INT -> code.imul();
            case LONG -> code.lmul();
            case FLOAT -> code.fmul();
            default -> code.dmul();
          }
        }
        case DIVIDE -> {
          switch (kind) {
            case FLOAT -> code.fdiv();
            case DOUBLE -> code.ddiv();
            default -> {
              site(a);
              code.invokestatic(
                  ARITHMETIC,
                  "divide",
                  MethodTypeDesc.of(primitive(kind), primitive(kind), primitive(kind)));
            }
          }
        }
      }
    }

    private void match(Expr.Match match) {
      Kind kind = kind(match);
      Label end = code.newLabel();
      for (Expr.Match.Case c : match.cases()) {
        Label next = code.newLabel();
        jump(c.condition(), false, next);
        action(c.action(), kind);
        code.goto_(end).labelBinding(next);
      }
      action(match.otherwise(), kind);
      code.labelBinding(end);
    }

    private void action(Expr expr, Kind kind) {
      as(expr, kind);
      if (kind == Kind.OBJECT && kind(expr) == Kind.OBJECT && !(expr instanceof Expr.Literal)) {
        code.invokestatic(PROGRAM, "action", OBJECT_TO_OBJECT);
      }
    }

    private void lambda(Expr.Lambda lambda) {
      Set<Integer> free = new LinkedHashSet<>();
      free(lambda, new HashSet<>(), free);
      LambdaCode written = new LambdaCode(lambdas.size(), lambda, List.copyOf(free));
      lambdas.add(written);
      code.new_(LAMBDA)
          .dup()
          .aload(0)
          .loadConstant(written.id())
          .loadConstant(lambda.variables().size())
          .aload(evaluation)
          .aload(target)
          .loadConstant(free.size())
          .anewarray(CD_Object);
      int index = 0;
      for (int id : free) {
        code.dup().loadConstant(index++);
        java.util.Objects.requireNonNull(locals.get(id)).run();
        code.aastore();
      }
      code.invokespecial(
          LAMBDA,
          "<init>",
          MethodTypeDesc.of(CD_void, PROGRAM, CD_int, CD_int, EVALUATION, CD_Object, OBJECTS));
    }

    /// The variables that a lambda reads of those around it.
    private static void free(Expr expr, Set<Integer> own, Set<Integer> free) {
      if (expr instanceof Expr.Lambda lambda) {
        lambda.variables().forEach(v -> own.add(v.id()));
      }
      if (expr instanceof Expr.Local local && !own.contains(local.id())) {
        free.add(local.id());
      }
      for (Expr child : expr.children()) {
        free(child, own, free);
      }
    }

    private void call(Expr.Call call) {
      Body body = java.util.Objects.requireNonNull(checked.bodies().get(call));
      int most =
          switch (body) {
            case Body0 _ -> 0;
            case Body1 _ -> 1;
            case Body2 _ -> 2;
            case Body3 _ -> 3;
            case Body4 _ -> 4;
            case BodyN _ -> -1;
          };
      List<Expr> arguments = call.arguments();
      if (most < 0) {
        constant(body, desc(BodyN.class));
        code.aload(evaluation).loadConstant(arguments.size()).anewarray(CD_Object);
        for (int i = 0; i < arguments.size(); i++) {
          code.dup().loadConstant(i);
          object(arguments.get(i));
          code.aastore();
        }
        site(call);
        code.invokeinterface(
            desc(BodyN.class), "call", MethodTypeDesc.of(CD_Object, EVALUATION, OBJECTS));
        return;
      }
      ClassDesc type =
          desc(
              switch (most) {
                case 0 -> Body0.class;
                case 1 -> Body1.class;
                case 2 -> Body2.class;
                case 3 -> Body3.class;
                default -> Body4.class;
              });
      constant(body, type);
      code.aload(evaluation);
      ClassDesc[] parameters = new ClassDesc[most + 1];
      parameters[0] = EVALUATION;
      for (int i = 0; i < most; i++) {
        parameters[i + 1] = CD_Object;
        if (i < arguments.size()) {
          object(arguments.get(i));
        } else {
          code.aconst_null();
        }
      }
      site(call);
      code.invokeinterface(type, "call", MethodTypeDesc.of(CD_Object, parameters));
    }

    /// Goes to a label when a condition is, or is not, true; falls through otherwise.
    void jump(Expr expr, boolean when, Label label) {
      switch (expr) {
        case Expr.Literal l -> {
          if (Truth.of(l.value()) == when) {
            code.goto_(label);
          }
        }
        case Expr.Not n -> jump(n.operand(), !when, label);
        case Expr.Logic l -> logic(l, when, label);
        case Expr.Compare c -> compare(c, when, label);
        case Expr.In i -> in(i, when, label);
        case Expr.Exists e -> {
          if (e.variable() instanceof Expr.Variable v) {
            Integer slot = slots.get(v.name());
            if (slot != null) {
              code.aload(slot);
            } else {
              read(v, true);
            }
          } else {
            value(e.variable());
          }
          if (when) {
            code.ifnonnull(label);
          } else {
            code.ifnull(label);
          }
        }
        default -> {
          if (kind(expr) == Kind.BOOLEAN) {
            value(expr);
          } else {
            object(expr);
            code.invokestatic(desc(Truth.class), "of", OBJECT_TO_BOOLEAN);
          }
          when(when, label);
        }
      }
    }

    private void when(boolean when, Label label) {
      if (when) {
        code.ifne(label);
      } else {
        code.ifeq(label);
      }
    }

    private void logic(Expr.Logic logic, boolean when, Label label) {
      if (!inLambda && size(logic) > NODES_OF_A_METHOD && logic.operands().size() > 2) {
        split(logic, when, label);
        return;
      }
      // In `a and b`, a false operand decides; so "jump when false" jumps at once from each.
      if (logic.and() != when) {
        for (Expr operand : logic.operands()) {
          jump(operand, when, label);
        }
        return;
      }
      Label decided = code.newLabel();
      List<Expr> operands = logic.operands();
      for (int i = 0; i < operands.size() - 1; i++) {
        jump(operands.get(i), !when, decided);
      }
      jump(operands.getLast(), when, label);
      code.labelBinding(decided);
    }

    /// Puts runs of operands into methods of their own.
    private void split(Expr.Logic logic, boolean when, Label label) {
      Label decided = code.newLabel();
      List<Expr> run = new ArrayList<>();
      int nodes = 0;
      List<List<Expr>> runs = new ArrayList<>();
      for (Expr operand : logic.operands()) {
        if (!run.isEmpty() && nodes + size(operand) > NODES_OF_A_METHOD / 2) {
          runs.add(run);
          run = new ArrayList<>();
          nodes = 0;
        }
        run.add(operand);
        nodes += size(operand);
      }
      runs.add(run);
      for (List<Expr> operands : runs) {
        if (operands.size() == 1) {
          jump(operands.getFirst(), !logic.and(), decided);
          continue;
        }
        PartCode part = new PartCode("part" + parts.size(), new Expr.Logic(logic.and(), operands));
        parts.add(part);
        code.aload(0).aload(evaluation).aload(target).invokevirtual(SELF, part.name(), TEST);
        when(!logic.and(), decided);
      }
      // All neutral: the chain has the value of its operator.
      if (logic.and() == when) {
        code.goto_(label).labelBinding(decided);
      } else {
        Label end = code.newLabel();
        code.goto_(end).labelBinding(decided).goto_(label).labelBinding(end);
      }
    }

    private void compare(Expr.Compare c, boolean when, Label label) {
      Kind kind = Kind.promoted(kind(c.left()), kind(c.right()));
      if (kind != Kind.OBJECT) {
        typedCompare(c, when, label);
        return;
      }
      boolean equality =
          c.operator() == Expr.Compare.Operator.EQUAL
              || c.operator() == Expr.Compare.Operator.NOT_EQUAL;
      boolean wanted = (c.operator() == Expr.Compare.Operator.NOT_EQUAL) != when;
      if (equality && equalToLiteral(c.left(), c.right(), wanted, label)) {
        return;
      }
      if (equality && equalToLiteral(c.right(), c.left(), wanted, label)) {
        return;
      }
      if (c.left() instanceof Expr.Arithmetic || c.right() instanceof Expr.Arithmetic) {
        List<Expr> leaves = leaves(c.left(), c.right());
        if (!leaves.isEmpty()) {
          Label end = code.newLabel();
          paths(
              leaves,
              () -> {
                typedCompare(c, when, label);
                code.goto_(end);
              },
              () -> generalCompare(c, when, label));
          code.labelBinding(end);
          return;
        }
      }
      generalCompare(c, when, label);
    }

    private void generalCompare(Expr.Compare c, boolean when, Label label) {
      object(c.left());
      object(c.right());
      site(c);
      code.invokestatic(
          COMPARISON,
          switch (c.operator()) {
            case EQUAL, NOT_EQUAL -> "equal";
            case LESS -> "less";
            case LESS_OR_EQUAL -> "lessOrEqual";
            case GREATER -> "greater";
            case GREATER_OR_EQUAL -> "greaterOrEqual";
          },
          OBJECTS_TO_BOOLEAN);
      when((c.operator() == Expr.Compare.Operator.NOT_EQUAL) != when, label);
    }

    /// `x == literal`, where that is simpler than the general comparison.
    private boolean equalToLiteral(Expr literal, Expr other, boolean when, Label label) {
      if (!(literal instanceof Expr.Literal known)) {
        return false;
      }
      Object value = known.value();
      if (value == null) {
        object(other);
        if (when) {
          code.ifnull(label);
        } else {
          code.ifnonnull(label);
        }
        return true;
      }
      if (other instanceof Expr.Variable v && !(inLambda && strict)) {
        Predicate<R> special =
            java.util.Objects.requireNonNull(checked.variables().get(v.name())).equalTo(value);
        if (special != null) {
          constant(special, PREDICATE);
          code.aload(target).invokeinterface(PREDICATE, "test", OBJECT_TO_BOOLEAN);
          when(when, label);
          return true;
        }
      }
      if (value instanceof String) {
        constant(value, ConstantDescs.CD_String);
        object(other);
        code.invokevirtual(ConstantDescs.CD_String, "equals", OBJECT_TO_BOOLEAN);
        when(when, label);
        return true;
      }
      return false;
    }

    private void typedCompare(Expr.Compare c, boolean when, Label label) {
      Kind kind = Kind.promoted(typedKind(c.left()), typedKind(c.right()));
      typed(c.left());
      widen(code, typedKind(c.left()), kind);
      typed(c.right());
      widen(code, typedKind(c.right()), kind);
      Expr.Compare.Operator operator = c.operator();
      // NaN is neither less nor greater: the comparison errs to the side that makes the test false.
      boolean less =
          operator == Expr.Compare.Operator.LESS || operator == Expr.Compare.Operator.LESS_OR_EQUAL;
      switch (kind) {
        case INT -> {
          switch (operator) {
            case EQUAL -> ifIcmp(when, label, code::if_icmpeq, code::if_icmpne);
            case NOT_EQUAL -> ifIcmp(when, label, code::if_icmpne, code::if_icmpeq);
            case LESS -> ifIcmp(when, label, code::if_icmplt, code::if_icmpge);
            case LESS_OR_EQUAL -> ifIcmp(when, label, code::if_icmple, code::if_icmpgt);
            case GREATER -> ifIcmp(when, label, code::if_icmpgt, code::if_icmple);
            case GREATER_OR_EQUAL -> ifIcmp(when, label, code::if_icmpge, code::if_icmplt);
          }
          return;
        }
        case LONG -> code.lcmp();
        case FLOAT -> {
          if (less) {
            code.fcmpg();
          } else {
            code.fcmpl();
          }
        }
        default -> {
          if (less) {
            code.dcmpg();
          } else {
            code.dcmpl();
          }
        }
      }
      switch (operator) {
        case EQUAL -> ifIcmp(when, label, code::ifeq, code::ifne);
        case NOT_EQUAL -> ifIcmp(when, label, code::ifne, code::ifeq);
        case LESS -> ifIcmp(when, label, code::iflt, code::ifge);
        case LESS_OR_EQUAL -> ifIcmp(when, label, code::ifle, code::ifgt);
        case GREATER -> ifIcmp(when, label, code::ifgt, code::ifle);
        case GREATER_OR_EQUAL -> ifIcmp(when, label, code::ifge, code::iflt);
      }
    }

    private static void ifIcmp(
        boolean when,
        Label label,
        java.util.function.Consumer<Label> yes,
        java.util.function.Consumer<Label> no) {
      (when ? yes : no).accept(label);
    }

    private void in(Expr.In in, boolean when, Label label) {
      boolean wanted = in.negated() != when;
      if (in.haystack() instanceof Expr.ListOf list
          && list.items().stream().allMatch(i -> i instanceof Expr.Literal)) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Expr item : list.items()) {
          values.add(((Expr.Literal) item).value());
        }
        if (in.needle() instanceof Expr.Variable v && !(inLambda && strict)) {
          Predicate<R> special =
              java.util.Objects.requireNonNull(checked.variables().get(v.name()))
                  .memberOf(java.util.Collections.unmodifiableList(values));
          if (special != null) {
            constant(special, PREDICATE);
            code.aload(target).invokeinterface(PREDICATE, "test", OBJECT_TO_BOOLEAN);
            when(wanted, label);
            return;
          }
        }
        constant(new HashSet<>(values), SET);
        object(in.needle());
        code.invokeinterface(SET, "contains", OBJECT_TO_BOOLEAN);
        when(wanted, label);
        return;
      }
      object(in.needle());
      object(in.haystack());
      site(in);
      code.invokestatic(desc(Membership.class), "in", OBJECTS_TO_BOOLEAN);
      when(wanted, label);
    }
  }
}
