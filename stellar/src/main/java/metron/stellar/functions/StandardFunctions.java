package metron.stellar.functions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import metron.stellar.functions.encode.Decode;
import metron.stellar.functions.encode.Encode;
import metron.stellar.functions.encode.GetSupportedEncodings;
import metron.stellar.functions.encode.IsEncoding;
import metron.stellar.functions.enrichment.EnrichmentExists;
import metron.stellar.functions.enrichment.EnrichmentGet;
import metron.stellar.functions.enrichment.EnrichmentObjectGet;
import metron.stellar.functions.enrichment.ObjectGet;
import metron.stellar.functions.functional.FilterList;
import metron.stellar.functions.functional.MapList;
import metron.stellar.functions.functional.Reduce;
import metron.stellar.functions.functional.Sort;
import metron.stellar.functions.functional.Zip;
import metron.stellar.functions.functional.ZipLongest;
import metron.stellar.functions.geo.AsnGet;
import metron.stellar.functions.geo.GeoGet;
import metron.stellar.functions.geo.GeohashCentroid;
import metron.stellar.functions.geo.GeohashDist;
import metron.stellar.functions.geo.GeohashFromLatlong;
import metron.stellar.functions.geo.GeohashFromLoc;
import metron.stellar.functions.geo.GeohashMaxDist;
import metron.stellar.functions.geo.GeohashToLatlong;
import metron.stellar.functions.hash.GetHashesAvailable;
import metron.stellar.functions.hash.Hash;
import metron.stellar.functions.hash.SsdeepScore;
import metron.stellar.functions.hash.TlshDist;
import metron.stellar.functions.json.JsonFormat;
import metron.stellar.functions.json.JsonParse;
import metron.stellar.functions.json.ToJsonList;
import metron.stellar.functions.json.ToJsonMap;
import metron.stellar.functions.json.ToJsonObject;
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
import metron.stellar.functions.math.Max;
import metron.stellar.functions.math.Min;
import metron.stellar.functions.math.Round;
import metron.stellar.functions.math.Sin;
import metron.stellar.functions.math.Sqrt;
import metron.stellar.functions.math.Tan;
import metron.stellar.functions.network.DomainRemoveSubdomains;
import metron.stellar.functions.network.DomainRemoveTld;
import metron.stellar.functions.network.DomainToTld;
import metron.stellar.functions.network.DomainTyposquat;
import metron.stellar.functions.network.InSubnet;
import metron.stellar.functions.network.ProtocolToName;
import metron.stellar.functions.network.UrlToHost;
import metron.stellar.functions.network.UrlToPath;
import metron.stellar.functions.network.UrlToPort;
import metron.stellar.functions.network.UrlToProtocol;
import metron.stellar.functions.profile.ProfileFixed;
import metron.stellar.functions.profile.ProfileGet;
import metron.stellar.functions.profile.ProfileVerbose;
import metron.stellar.functions.profile.ProfileWindow;
import metron.stellar.functions.regex.RegexpGroupVal;
import metron.stellar.functions.regex.RegexpMatch;
import metron.stellar.functions.regex.RegexpReplace;
import metron.stellar.functions.shell.ShellFunctions;
import metron.stellar.functions.similarity.FuzzyLangs;
import metron.stellar.functions.similarity.FuzzyScore;
import metron.stellar.functions.sketch.bloom.BloomAdd;
import metron.stellar.functions.sketch.bloom.BloomExists;
import metron.stellar.functions.sketch.bloom.BloomInit;
import metron.stellar.functions.sketch.bloom.BloomMerge;
import metron.stellar.functions.sketch.hllp.HllpAdd;
import metron.stellar.functions.sketch.hllp.HllpCardinality;
import metron.stellar.functions.sketch.hllp.HllpInit;
import metron.stellar.functions.sketch.hllp.HllpMerge;
import metron.stellar.functions.sketch.outlier.MadAdd;
import metron.stellar.functions.sketch.outlier.MadScore;
import metron.stellar.functions.sketch.outlier.MadStateMerge;
import metron.stellar.functions.sketch.sample.SampleAdd;
import metron.stellar.functions.sketch.sample.SampleGet;
import metron.stellar.functions.sketch.sample.SampleInit;
import metron.stellar.functions.sketch.sample.SampleMerge;
import metron.stellar.functions.sketch.stats.StatsAdd;
import metron.stellar.functions.sketch.stats.StatsBin;
import metron.stellar.functions.sketch.stats.StatsCount;
import metron.stellar.functions.sketch.stats.StatsGeometricMean;
import metron.stellar.functions.sketch.stats.StatsInit;
import metron.stellar.functions.sketch.stats.StatsKurtosis;
import metron.stellar.functions.sketch.stats.StatsMax;
import metron.stellar.functions.sketch.stats.StatsMean;
import metron.stellar.functions.sketch.stats.StatsMerge;
import metron.stellar.functions.sketch.stats.StatsMin;
import metron.stellar.functions.sketch.stats.StatsPercentile;
import metron.stellar.functions.sketch.stats.StatsPopulationVariance;
import metron.stellar.functions.sketch.stats.StatsQuadraticMean;
import metron.stellar.functions.sketch.stats.StatsSd;
import metron.stellar.functions.sketch.stats.StatsSkewness;
import metron.stellar.functions.sketch.stats.StatsSum;
import metron.stellar.functions.sketch.stats.StatsSumLogs;
import metron.stellar.functions.sketch.stats.StatsSumSquares;
import metron.stellar.functions.sketch.stats.StatsVariance;
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
import metron.stellar.functions.time.IsDate;
import metron.stellar.functions.time.Month;
import metron.stellar.functions.time.ToEpochTimestamp;
import metron.stellar.functions.time.WeekOfMonth;
import metron.stellar.functions.time.WeekOfYear;
import metron.stellar.functions.time.Year;
import metron.stellar.functions.validation.IsDomain;
import metron.stellar.functions.validation.IsEmail;
import metron.stellar.functions.validation.IsInteger;
import metron.stellar.functions.validation.IsIp;
import metron.stellar.functions.validation.IsUrl;

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
          Max.FUNCTION,
          Min.FUNCTION,
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
          IsDate.FUNCTION,
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
          // regex
          RegexpMatch.FUNCTION,
          RegexpGroupVal.FUNCTION,
          RegexpReplace.FUNCTION,
          // json
          ToJsonObject.FUNCTION,
          ToJsonMap.FUNCTION,
          ToJsonList.FUNCTION,
          JsonParse.FUNCTION,
          JsonFormat.FUNCTION,
          // encode
          Encode.FUNCTION,
          Decode.FUNCTION,
          IsEncoding.FUNCTION,
          GetSupportedEncodings.FUNCTION,
          // similarity
          FuzzyScore.FUNCTION,
          FuzzyLangs.FUNCTION,
          // hash
          Hash.FUNCTION,
          GetHashesAvailable.FUNCTION,
          TlshDist.FUNCTION,
          SsdeepScore.FUNCTION,
          // network
          DomainToTld.FUNCTION,
          DomainRemoveTld.FUNCTION,
          DomainRemoveSubdomains.FUNCTION,
          UrlToHost.FUNCTION,
          UrlToPath.FUNCTION,
          UrlToPort.FUNCTION,
          UrlToProtocol.FUNCTION,
          ProtocolToName.FUNCTION,
          DomainTyposquat.FUNCTION,
          InSubnet.FUNCTION,
          // validation
          IsDomain.FUNCTION,
          IsEmail.FUNCTION,
          IsUrl.FUNCTION,
          IsInteger.FUNCTION,
          IsIp.FUNCTION,
          // geo
          GeoGet.FUNCTION,
          AsnGet.FUNCTION,
          GeohashFromLatlong.FUNCTION,
          GeohashFromLoc.FUNCTION,
          GeohashToLatlong.FUNCTION,
          GeohashDist.FUNCTION,
          GeohashMaxDist.FUNCTION,
          GeohashCentroid.FUNCTION,
          // enrichment
          EnrichmentGet.FUNCTION,
          EnrichmentExists.FUNCTION,
          EnrichmentObjectGet.FUNCTION,
          ObjectGet.FUNCTION,
          // sketch.stats
          StatsInit.FUNCTION,
          StatsAdd.FUNCTION,
          StatsMerge.FUNCTION,
          StatsCount.FUNCTION,
          StatsMean.FUNCTION,
          StatsGeometricMean.FUNCTION,
          StatsQuadraticMean.FUNCTION,
          StatsSum.FUNCTION,
          StatsSumLogs.FUNCTION,
          StatsSumSquares.FUNCTION,
          StatsMax.FUNCTION,
          StatsMin.FUNCTION,
          StatsVariance.FUNCTION,
          StatsPopulationVariance.FUNCTION,
          StatsSd.FUNCTION,
          StatsSkewness.FUNCTION,
          StatsKurtosis.FUNCTION,
          StatsPercentile.FUNCTION,
          StatsBin.FUNCTION,
          // sketch.bloom
          BloomInit.FUNCTION,
          BloomAdd.FUNCTION,
          BloomExists.FUNCTION,
          BloomMerge.FUNCTION,
          // sketch.hllp
          HllpInit.FUNCTION,
          HllpAdd.FUNCTION,
          HllpCardinality.FUNCTION,
          HllpMerge.FUNCTION,
          // sketch.outlier
          MadStateMerge.FUNCTION,
          MadAdd.FUNCTION,
          MadScore.FUNCTION,
          // sketch.sample
          SampleInit.FUNCTION,
          SampleAdd.FUNCTION,
          SampleGet.FUNCTION,
          SampleMerge.FUNCTION,
          // profile
          ProfileFixed.FUNCTION,
          ProfileGet.FUNCTION,
          ProfileVerbose.FUNCTION,
          ProfileWindow.FUNCTION);

  public static final FunctionRegistry REGISTRY = FunctionRegistry.of(ALL).without(absent());

  private StandardFunctions() {}

  private static Map<String, String> absent() {
    Map<String, String> reasons = new HashMap<>();
    LeftOut.byName().forEach((name, why) -> reasons.put(name, "Apache Metron has it. " + why));
    for (StellarFunction function : ShellFunctions.ALL) {
      reasons.put(
          function.name(),
          "Only the shell has it: a rule must answer the same on every machine, and must not read"
              + " its secrets.");
    }
    return reasons;
  }
}
