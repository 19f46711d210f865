// Values as text, and elements from values. Data only ever becomes text nodes.

export function duration(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  const pad = n => String(n).padStart(2, '0');
  const h = Math.floor(s / 3600);
  return h ? `${h}:${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}` : `${Math.floor(s / 60)}:${pad(s % 60)}`;
}

export const percent = share => `${Math.round(100 * share)} %`;
export const decibel = db => `${Math.round(db)} dB`.replace('-', '−');
/** A valence with its sign: +0.31, −0.48. */
export const signed = value => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
/** How far from even, in words: of a change of valence. */
export const trendName = change => (change === null ? '' : change <= -0.15 ? 'falling' : change >= 0.15 ? 'rising' : 'steady');
export const sentimentName = sentiment => (sentiment || '').toLowerCase();
export const roleName = role => role.toLowerCase();

/** An element: its class, then children (text or elements). */
export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Sets text only where it changes: screen readers and layout are left in peace. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A bar that is filled to a share, [0, 1]. */
export function bar(share, className = '') {
  const inner = el('span', 'bar-fill');
  const outer = el('span', `bar ${className}`, inner);
  outer.setAttribute('aria-hidden', 'true');
  inner.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
  return outer;
}
