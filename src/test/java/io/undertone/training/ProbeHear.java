package io.undertone.training;
import io.undertone.training.hearing.*; import io.undertone.training.corpus.*; import io.undertone.training.condition.*; import io.undertone.features.*; import io.undertone.window.*;
import java.nio.file.*; import java.util.*;
public class ProbeHear { public static void main(String[] a) throws Exception {
  Corpus c=Corpus.open(Path.of("../shared/data/"+a[0])); 
  FeatureSpec t=FeatureSpecs.telephone();
  FeatureSpec s=new FeatureSpec(t.sampleRateHz(),t.frameSamples(),t.hopSamples(),t.fftSamples(),t.melBands(),t.fMinHz(),t.fMaxHz(),t.floorDb(),40,3000,1000,FeatureSpec.Pooling.SPEECH_MEAN,FeatureSpec.LevelNormalisation.WINDOW_LEVEL,new SpeechGateSpec(-75, 7, 30, 4, 6, 120));
  for (Condition k: Condition.values()) { long t0=System.currentTimeMillis(); List<HeardClip> h=new Hearing(s,LegSettings.DEFAULT,1).hear(c.clips().subList(0,Integer.parseInt(a[1])),k,i->{});
  System.out.println(k+" clips "+h.size()+" none "+h.stream().filter(x->x.windows().isEmpty()).count()+" windows "+h.stream().mapToInt(x->x.windows().size()).sum()+" speech "+h.stream().flatMap(x->x.windows().stream()).mapToDouble(w->w.speechRatio()).average()+" ms "+(System.currentTimeMillis()-t0)); }
}}
