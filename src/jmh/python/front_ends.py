"""Seconds of audio that Python's front ends turn into 40 MFCCs in a second of one core: a line "name value" for each that is installed.

The audio is ten seconds of noise at 22,050 Hz in frames of 2,048 samples every 512, as the spec "reference" has it; openSMILE computes
eGeMAPSv02's 25 descriptors (4 MFCCs among them) in frames of its own. torchaudio is run on one thread.
"""

import time

SECONDS = 10
RATE = 22_050
ROUNDS = 6
TURN_S = 0.4


def librosa_mfcc(noise):
    import librosa

    return lambda: librosa.feature.mfcc(y=noise, sr=RATE, n_mfcc=40, n_fft=2_048, hop_length=512, n_mels=128)


def torchaudio_mfcc(noise):
    import torch
    import torchaudio

    torch.set_num_threads(1)
    mfcc = torchaudio.transforms.MFCC(RATE, n_mfcc=40, melkwargs={"n_fft": 2_048, "hop_length": 512, "n_mels": 128})
    audio = torch.from_numpy(noise)
    return lambda: mfcc(audio)


def opensmile_mfcc(noise):
    import opensmile

    smile = opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02,
        feature_level=opensmile.FeatureLevel.LowLevelDescriptors,
    )
    return lambda: smile.process_signal(noise, RATE)


def least(operation):
    """CPU seconds of one operation, the least of several turns."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        done = 0
        while time.process_time() - begun < TURN_S:
            operation()
            done += 1
        best = min(best, (time.process_time() - begun) / done)
    return best


def main():
    try:
        import numpy
    except ImportError:
        return
    noise = (numpy.random.default_rng(1).standard_normal(SECONDS * RATE) * 0.1).astype(numpy.float32)
    for name, make in (("librosa", librosa_mfcc), ("torchaudio", torchaudio_mfcc), ("openSMILE", opensmile_mfcc)):
        try:
            operation = make(noise)
            operation()
        except Exception as missing:  # not installed, or without its configuration
            print(f"{name} - {type(missing).__name__}: {str(missing).splitlines()[0]}")
            continue
        print(f"{name} {SECONDS / least(operation):.0f}")


if __name__ == "__main__":
    main()
