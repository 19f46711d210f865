// How a leg goes: from the sentiment of its last three minutes.
import {END, SENTIMENT, START, VALENCE, addedFrom, fit} from './band.js';

/** So many windows make a mood: one alone is none. */
const MOOD_WINDOWS = 8;
const RECENT_MS = 180_000;
/** Windows on each side of one that the line is the mean of. */
const SMOOTH = 4;
/** A longer pause breaks the line. */
const PAUSE_MS = 10_000;
/** Valence at the edges of the line; voices seldom go beyond. */
const EDGE = 0.8;

/**
 * What the newest three minutes of windows say.
 *
 * @returns {{mood: string, negative: number, unpleasant: number, change: number|null}} mood: the sentiment of most of the newest eight
 *     windows, '' without any; negative: share of the windows that are; unpleasant: seconds of speech, each weighted with how far its
 *     valence is below 0 (20 s at -0.45 are 9) and counting half for each minute since, by which calls are ordered; change: mean valence of
 *     the last third less that of the first
 */
export function goingOf(windows) {
  const newest = windows[windows.length - 1];
  if (!newest) return {mood: '', negative: 0, unpleasant: 0, change: null};
  let first = windows.length;
  while (first > 0 && windows[first - 1][END] > newest[END] - RECENT_MS) first--;
  const recent = windows.slice(first);
  let negative = 0, unpleasant = 0;
  recent.forEach((one, i) => {
    if (one[SENTIMENT] === 'NEGATIVE') negative++;
    unpleasant += Math.max(0, -one[VALENCE]) * ((one[END] - addedFrom(one, recent[i - 1])) / 1000) * 2 ** ((one[END] - newest[END]) / 60_000);
  });
  const third = Math.floor(recent.length / 3);
  return {
    mood: most(recent.slice(-MOOD_WINDOWS)),
    negative: negative / recent.length,
    unpleasant,
    change: third < 5 ? null : mean(recent.slice(-third)) - mean(recent.slice(0, third)),
  };
}

/** The sentiment of more than half of some windows; NEUTRAL where none has as many. */
function most(windows) {
  for (const sentiment of ['NEGATIVE', 'POSITIVE']) {
    if (windows.filter(one => one[SENTIMENT] === sentiment).length * 2 > windows.length) return sentiment;
  }
  return 'NEUTRAL';
}

export const mean = windows => windows.reduce((sum, one) => sum + one[VALENCE], 0) / windows.length;

/** Draws valence over time as a line around the middle; below it, unpleasant speech is shaded. */
export function drawMood(canvas, windows, fromMs, toMs, look) {
  const {width, height} = look;
  const draw = fit(canvas, width, height, look.above || 0, look.below || 0);
  const x = ms => ((ms - fromMs) / (toMs - fromMs)) * width;
  const middle = height / 2;
  const y = valence => middle - (Math.max(-EDGE, Math.min(EDGE, valence)) / EDGE) * (middle - 1.5);
  draw.fillStyle = look.line;
  draw.fillRect(0, middle - 0.5, width, 1);
  let first = windows.length;
  while (first > 0 && windows[first - 1][END] > fromMs) first--;
  let last = first;
  while (last < windows.length && windows[last][START] < toMs) last++;
  draw.lineJoin = 'round';
  for (let from = first; from < last; ) {
    let to = from;
    while (to + 1 < last && windows[to + 1][START] - windows[to][END] <= PAUSE_MS) to++;
    const points = [];
    for (let i = from; i <= to; i++) {
      const near = windows.slice(Math.max(from, i - SMOOTH), Math.min(to, i + SMOOTH) + 1);
      points.push([x((windows[i][START] + windows[i][END]) / 2), y(mean(near))]);
    }
    // A lone window is a dot.
    if (points.length === 1) points.push([points[0][0] + 2, points[0][1]]);
    draw.fillStyle = look.bad;
    draw.globalAlpha = 0.3;
    draw.beginPath();
    draw.moveTo(points[0][0], middle);
    for (const [px, py] of points) draw.lineTo(px, Math.max(middle, py));
    draw.lineTo(points[points.length - 1][0], middle);
    draw.fill();
    draw.globalAlpha = 1;
    draw.strokeStyle = look.ink;
    draw.lineWidth = 1.5;
    draw.beginPath();
    points.forEach(([px, py], i) => (i ? draw.lineTo(px, py) : draw.moveTo(px, py)));
    draw.stroke();
    from = to + 1;
  }
  return {draw, x};
}
