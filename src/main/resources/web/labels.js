// The eight emotions: their order, colours (from the style sheet) and patterns. A label that is not among them is drawn grey.

export const LABELS = ['neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgust', 'surprised'];

/** What each pattern draws on a tile of 8 x 8: lines as x1, y1, x2, y2; a dot is a line of next to no length. */
const STROKES = {
  neutral: [],
  calm: [[0, 4, 8, 4]],
  happy: [[2, 2, 2.01, 2], [6, 6, 6.01, 6]],
  sad: [[-2, -2, 10, 10], [-2, 6, 2, 10], [6, -2, 10, 2]],
  angry: [[-2, 10, 10, -2], [-2, 2, 2, -2], [6, 10, 10, 6]],
  fearful: [[2, 0, 2, 8], [6, 0, 6, 8]],
  disgust: [[0, 0, 8, 8], [0, 8, 8, 0]],
  surprised: [[0, 5, 4, 1], [4, 1, 8, 5]],
};
const TILE = 8;

let fills = new Map();

/** The colour of a label now, light or dark. */
export function colour(label) {
  const style = getComputedStyle(document.documentElement);
  const name = LABELS.includes(label) ? label : 'other';
  return style.getPropertyValue(`--${name}`).trim();
}

/** What to fill a shape of this label with: its colour and its pattern. */
export function fill(context, label) {
  const ratio = window.devicePixelRatio || 1;
  const key = `${label}/${ratio}`;
  let made = fills.get(key);
  if (!made) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = Math.round(TILE * ratio);
    const draw = tile.getContext('2d');
    draw.scale(tile.width / TILE, tile.height / TILE);
    draw.fillStyle = colour(label);
    draw.fillRect(0, 0, TILE, TILE);
    draw.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--pattern').trim();
    draw.lineCap = 'round';
    draw.lineWidth = label === 'happy' ? 2.6 : 1.2;
    for (const [x1, y1, x2, y2] of STROKES[label] || []) {
      draw.beginPath();
      draw.moveTo(x1, y1);
      draw.lineTo(x2, y2);
      draw.stroke();
    }
    made = context.createPattern(tile, 'repeat');
    made.setTransform(new DOMMatrix().scale(1 / ratio));
    fills.set(key, made);
  }
  return made;
}

/** A small square in the colour and pattern of a label; hollow where the label is doubtful. */
export function swatch(label, doubtful = false) {
  const canvas = document.createElement('canvas');
  canvas.className = 'swatch';
  canvas.setAttribute('aria-hidden', 'true');
  paintSwatch(canvas, label, doubtful);
  return canvas;
}

export function paintSwatch(canvas, label, doubtful = false) {
  if (canvas.dataset.label === label && canvas.dataset.doubtful === String(doubtful)) return;
  canvas.dataset.label = label;
  canvas.dataset.doubtful = String(doubtful);
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.height = Math.round(14 * ratio);
  if (!label) return;
  const draw = canvas.getContext('2d');
  draw.scale(ratio, ratio);
  draw.fillStyle = fill(draw, label);
  if (doubtful) {
    draw.globalAlpha = 0.22;
    draw.fillRect(0, 0, 14, 14);
    draw.globalAlpha = 1;
    draw.strokeStyle = draw.fillStyle;
    draw.lineWidth = 2;
    draw.strokeRect(1, 1, 12, 12);
  } else {
    draw.fillRect(0, 0, 14, 14);
  }
}

/** Forgets what was made for the other colour scheme, and paints again. */
export function repaint() {
  fills = new Map();
  for (const canvas of document.querySelectorAll('canvas.swatch')) {
    const {label, doubtful} = canvas.dataset;
    canvas.dataset.label = '';
    if (label) paintSwatch(canvas, label, doubtful === 'true');
  }
}
