#!/usr/bin/env python3
"""Makes mfcc.csv beside it from customer.flac, with librosa 0.11.0 and soundfile: frame, or "mean" of all, and 40 coefficients."""
import csv
import os

import librosa

here = os.path.dirname(os.path.abspath(__file__))
samples, rate = librosa.load(os.path.join(here, "customer.flac"), sr=None)
coefficients = librosa.feature.mfcc(y=samples, sr=rate, n_mfcc=40, n_fft=1024, hop_length=256, n_mels=64)
with open(os.path.join(here, "mfcc.csv"), "w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["frame"] + [f"c{i}" for i in range(40)])
    rows.writerow(["mean"] + [f"{value:.4f}" for value in coefficients.mean(axis=1)])
    for frame in range(0, coefficients.shape[1], 10):
        rows.writerow([frame] + [f"{value:.4f}" for value in coefficients[:, frame]])
