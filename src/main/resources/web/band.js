// Draws windows over time: their label as colour and pattern, their confidence as height, around a middle line as sound is drawn.
import {fill} from './labels.js';

/** One window: [index, startMs, endMs, label, confidence, agreement, sentiment, valence], as the stream sends it. */
export const INDEX = 0, START = 1, END = 2, LABEL = 3, CONFIDENCE = 4, AGREEMENT = 5, SENTIMENT = 6, VALENCE = 7;

/** Under this a label is doubtful: any other of the eight may be as likely. */
export const SURE_FROM = 0.5;
export const isDoubtful = confidence => confidence < SURE_FROM;

/** Where a window is drawn: what it adds to the one before, since windows overlap (3 s every 1 s). */
export function addedFrom(window, before) {
  return before && before[END] > window[START] ? before[END] : window[START];
}

/** Makes the canvas as sharp as the screen; its width and height in CSS pixels. */
export function fit(canvas, width, height, above = 0, below = 0) {
  const ratio = window.devicePixelRatio || 1;
  const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round((above + height + below) * ratio));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const draw = canvas.getContext('2d');
  draw.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw.clearRect(0, 0, width, above + height + below);
  draw.translate(0, above);
  return draw;
}

function snap(pixels) {
  const ratio = window.devicePixelRatio || 1;
  return Math.round(pixels * ratio) / ratio;
}

/**
 * Draws what lies in [fromMs; toMs).
 *
 * @param look width, height in CSS pixels, room above and below; line: colour of the middle line; gap: pixels between windows
 */
export function drawBand(canvas, windows, fromMs, toMs, look) {
  const {width, height} = look;
  const draw = fit(canvas, width, height, look.above || 0, look.below || 0);
  const x = ms => ((ms - fromMs) / (toMs - fromMs)) * width;
  draw.fillStyle = look.line;
  const begin = Math.max(0, x(Math.max(0, look.beginMs ?? 0)));
  draw.fillRect(begin, height / 2 - 0.5, Math.max(0, Math.min(width, x(look.endMs ?? toMs)) - begin), 1);
  let first = windows.length;
  while (first > 0 && windows[first - 1][END] > fromMs) first--;
  for (let i = first; i < windows.length; i++) {
    const one = windows[i];
    if (one[START] >= toMs) break;
    // On whole pixels, so that neighbours leave no seam; a sliver of paper between two labels.
    const same = windows[i + 1] && windows[i + 1][LABEL] === one[LABEL];
    const left = snap(x(addedFrom(one, windows[i - 1])));
    const right = snap(x(one[END])) - (same ? look.gap : Math.max(look.gap, 1));
    // Least sure: a third of the height, so that a pattern can still be seen.
    const tall = (height - 2) * (0.34 + 0.66 * Math.min(1, Math.max(0, one[CONFIDENCE])));
    const top = snap((height - tall) / 2), wide = Math.max(1, right - left);
    draw.fillStyle = fill(draw, one[LABEL]);
    if (isDoubtful(one[CONFIDENCE])) {
      // Hollow: a guess must not look like a verdict.
      draw.globalAlpha = 0.22;
      draw.fillRect(left, top, wide, snap(tall));
      draw.globalAlpha = 1;
      draw.fillRect(left, top, wide, 1);
      draw.fillRect(left, top + snap(tall) - 1, wide, 1);
    } else {
      draw.fillRect(left, top, wide, snap(tall));
    }
  }
  return {draw, x};
}

/** A line that says where the present is. */
export function markNow({draw, x}, ms, look) {
  draw.fillStyle = look.now;
  draw.fillRect(Math.min(look.width - 2, x(ms)), 0, 2, look.height);
}

/** The window at a time: the one that added it, or the nearest. */
export function windowAt(windows, ms) {
  let best = null, far = Infinity;
  for (let i = 0; i < windows.length; i++) {
    const from = addedFrom(windows[i], windows[i - 1]), to = windows[i][END];
    const distance = ms < from ? from - ms : ms >= to ? ms - to : 0;
    if (distance < far) {
      far = distance;
      best = windows[i];
    }
    if (distance === 0) break;
  }
  return best;
}

/** Marks one window on a band that was just drawn. */
export function mark({draw, x}, windows, index, look) {
  const at = windows.findIndex(window => window[INDEX] === index);
  if (at < 0) return;
  const left = x(addedFrom(windows[at], windows[at - 1])), right = x(windows[at][END]);
  draw.strokeStyle = look.ink;
  draw.lineWidth = 2;
  draw.strokeRect(left - 1, 1, Math.max(3, right - left + 1), look.height - 2);
}
