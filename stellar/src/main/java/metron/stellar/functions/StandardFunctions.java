package metron.stellar.functions;

import java.util.List;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.StellarFunction;
import metron.stellar.functions.collection.Entropy;
import metron.stellar.functions.collection.Get;
import metron.stellar.functions.collection.GetFirst;
import metron.stellar.functions.collection.GetLast;
import metron.stellar.functions.collection.IsEmpty;
import metron.stellar.functions.collection.Length;
import metron.stellar.functions.collection.ListAdd;
import metron.stellar.functions.collection.MapExists;
import metron.stellar.functions.collection.MapGet;
import metron.stellar.functions.collection.MapMerge;
import metron.stellar.functions.collection.MapPut;
import metron.stellar.functions.collection.MultisetAdd;
import metron.stellar.functions.collection.MultisetInit;
import metron.stellar.functions.collection.MultisetMerge;
import metron.stellar.functions.collection.MultisetRemove;
import metron.stellar.functions.collection.MultisetToSet;
import metron.stellar.functions.collection.SetAdd;
import metron.stellar.functions.collection.SetInit;
import metron.stellar.functions.collection.SetMerge;
import metron.stellar.functions.collection.SetRemove;
import metron.stellar.functions.conversion.ToDouble;
import metron.stellar.functions.conversion.ToFloat;
import metron.stellar.functions.conversion.ToInteger;
import metron.stellar.functions.conversion.ToLong;
import metron.stellar.functions.functional.FilterList;
import metron.stellar.functions.functional.MapList;
import metron.stellar.functions.functional.Reduce;
import metron.stellar.functions.functional.Sort;
import metron.stellar.functions.functional.Zip;
import metron.stellar.functions.functional.ZipLongest;
import metron.stellar.functions.math.Abs;
import metron.stellar.functions.math.Bin;
import metron.stellar.functions.math.Ceiling;
import metron.stellar.functions.math.Cos;
import metron.stellar.functions.math.Exp;
import metron.stellar.functions.math.Floor;
import metron.stellar.functions.math.IsNan;
import metron.stellar.functions.math.Ln;
import metron.stellar.functions.math.Log10;
import metron.stellar.functions.math.Log2;
import metron.stellar.functions.math.Round;
import metron.stellar.functions.math.Sin;
import metron.stellar.functions.math.Sqrt;
import metron.stellar.functions.math.Tan;
import metron.stellar.functions.network.InSubnet;
import metron.stellar.functions.text.AppendIfMissing;
import metron.stellar.functions.text.Chomp;
import metron.stellar.functions.text.Chop;
import metron.stellar.functions.text.CountMatches;
import metron.stellar.functions.text.EndsWith;
import metron.stellar.functions.text.FillLeft;
import metron.stellar.functions.text.FillRight;
import metron.stellar.functions.text.Format;
import metron.stellar.functions.text.Join;
import metron.stellar.functions.text.PrependIfMissing;
import metron.stellar.functions.text.Split;
import metron.stellar.functions.text.StartsWith;
import metron.stellar.functions.text.StringEntropy;
import metron.stellar.functions.text.Substring;
import metron.stellar.functions.text.ToLower;
import metron.stellar.functions.text.ToText;
import metron.stellar.functions.text.ToUpper;
import metron.stellar.functions.text.Trim;
import metron.stellar.functions.time.DateFormat;
import metron.stellar.functions.time.DayOfMonth;
import metron.stellar.functions.time.DayOfWeek;
import metron.stellar.functions.time.DayOfYear;
import metron.stellar.functions.time.Month;
import metron.stellar.functions.time.ToEpochTimestamp;
import metron.stellar.functions.time.WeekOfMonth;
import metron.stellar.functions.time.WeekOfYear;
import metron.stellar.functions.time.Year;

/// All functions that every program can call.
public final class StandardFunctions {
  /// One line a function, by group.
  public static final List<StellarFunction> ALL =
      List.of(
          // text
          ToUpper.FUNCTION,
          ToLower.FUNCTION,
          Trim.FUNCTION,
          ToText.FUNCTION,
          StartsWith.FUNCTION,
          EndsWith.FUNCTION,
          CountMatches.FUNCTION,
          Join.FUNCTION,
          Split.FUNCTION,
          Substring.FUNCTION,
          Chomp.FUNCTION,
          Chop.FUNCTION,
          PrependIfMissing.FUNCTION,
          AppendIfMissing.FUNCTION,
          FillLeft.FUNCTION,
          FillRight.FUNCTION,
          Format.FUNCTION,
          StringEntropy.FUNCTION,
          // conversion
          ToInteger.FUNCTION,
          ToLong.FUNCTION,
          ToFloat.FUNCTION,
          ToDouble.FUNCTION,
          // math
          Abs.FUNCTION,
          Ceiling.FUNCTION,
          Floor.FUNCTION,
          Round.FUNCTION,
          Sqrt.FUNCTION,
          Exp.FUNCTION,
          Ln.FUNCTION,
          Log2.FUNCTION,
          Log10.FUNCTION,
          Sin.FUNCTION,
          Cos.FUNCTION,
          Tan.FUNCTION,
          IsNan.FUNCTION,
          Bin.FUNCTION,
          // time
          ToEpochTimestamp.FUNCTION,
          DateFormat.FUNCTION,
          Year.FUNCTION,
          Month.FUNCTION,
          DayOfMonth.FUNCTION,
          DayOfWeek.FUNCTION,
          DayOfYear.FUNCTION,
          WeekOfMonth.FUNCTION,
          WeekOfYear.FUNCTION,
          // functional
          FilterList.FUNCTION,
          MapList.FUNCTION,
          Reduce.FUNCTION,
          Zip.FUNCTION,
          ZipLongest.FUNCTION,
          Sort.FUNCTION,
          // collection
          Length.FUNCTION,
          IsEmpty.FUNCTION,
          ListAdd.FUNCTION,
          GetFirst.FUNCTION,
          GetLast.FUNCTION,
          Get.FUNCTION,
          MapGet.FUNCTION,
          MapExists.FUNCTION,
          MapPut.FUNCTION,
          MapMerge.FUNCTION,
          SetInit.FUNCTION,
          SetAdd.FUNCTION,
          SetRemove.FUNCTION,
          SetMerge.FUNCTION,
          MultisetInit.FUNCTION,
          MultisetAdd.FUNCTION,
          MultisetRemove.FUNCTION,
          MultisetMerge.FUNCTION,
          MultisetToSet.FUNCTION,
          Entropy.FUNCTION,
          // network
          InSubnet.FUNCTION);

  public static final FunctionRegistry REGISTRY = FunctionRegistry.of(ALL);

  private StandardFunctions() {}
}
