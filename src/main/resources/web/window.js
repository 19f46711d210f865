// One window: its label, its probabilities, each vote.
import {isDoubtful} from './band.js';
import {LABELS, swatch} from './labels.js';
import {bar, decibel, duration, el, percent, sentimentName, signed} from './text.js';

/** The labels that the bundle knows, in the page's order. */
export function labelsOf(event) {
  return LABELS.concat(Object.keys(event.probabilities).filter(label => !LABELS.includes(label)))
    .filter(label => label in event.probabilities);
}

/** The label of a window, its probabilities and each vote. */
export function votes(event) {
  const sentiment = event.sentiment ? [el('strong', '', sentimentName(event.sentiment))] : [];
  const doubtful = isDoubtful(event.confidence);
  const head = el('p', 'verdict', ...sentiment, swatch(event.label, doubtful),
    el('strong', doubtful ? 'doubtful' : '', doubtful ? `perhaps ${event.label}` : event.label),
    el('span', 'quiet', `${duration(event.startMs)} to ${duration(event.endMs)}`),
    el('span', '', `${doubtful ? 'only ' : ''}${percent(event.confidence)} sure · ${percent(event.agreement)} of the votes`),
    el('span', 'quiet', event.sentiment ? `valence ${signed(event.valence)} · arousal ${event.arousal.toFixed(2)}` : ''));
  const missing = event.missingVoters.length
    ? [el('p', 'fault', `Without ${event.missingVoters.join(', ')}, which failed on this window`)] : [];
  const probabilities = table('Probabilities', labelsOf(event)
    .map(label => [[swatch(label), label], bar(event.probabilities[label]), percent(event.probabilities[label])]));
  const each = table(event.votes.length === 6 ? 'Six votes' : `${event.votes.length} votes`, event.votes
    .map(vote => [[vote.voter], el('span', 'label', swatch(vote.label), vote.label), percent(vote.confidence)]));
  return [head, ...missing, el('div', 'tables', each, probabilities),
    el('p', 'quiet small', `Level ${decibel(event.levelDb)}, ${percent(event.speechRatio)} speech`)];
}

function table(caption, rows) {
  const body = el('tbody', '');
  for (const [name, middle, value] of rows) {
    const head = el('th', '', ...name);
    head.scope = 'row';
    body.append(el('tr', '', head, el('td', 'wide', middle), el('td', 'number', value)));
  }
  return el('table', '', el('caption', '', caption), body);
}
