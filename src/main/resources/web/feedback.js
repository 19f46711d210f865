// What a person says of a label: right, wrong, or which it is. Kept by what was marked, for as long as the page is open.
import {LABELS} from './labels.js';
import {el, say} from './text.js';

let available = false;
const marks = new Map();

/** Asks whether labels can be marked here. */
export async function askForFeedback() {
  try {
    available = (await (await fetch('/api/feedback')).json()).available === true;
  } catch {
    available = false;
  }
}

/**
 * The buttons that mark something, or nothing where that cannot be done.
 *
 * @param what callId, role, and of a window its index
 * @param question asks what is marked
 * @param labels those that can be given; default: the eight
 */
export function feedback(what, question, labels = LABELS) {
  if (!available) return [];
  const key = JSON.stringify([what.callId, what.role, what.index]);
  const right = choice('Right'), wrong = choice('Wrong');
  const other = el('select', '', el('option', '', 'it is …'), ...labels.map(label => el('option', '', label)));
  other.options[0].value = '';
  other.setAttribute('aria-label', `${question} Another label`);
  const note = el('span', 'quiet');
  note.setAttribute('role', 'status');
  const group = el('div', 'feedback', el('span', 'quiet', question), right, wrong, other, note);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', question);
  const show = () => {
    const mark = marks.get(key) || {};
    right.setAttribute('aria-pressed', String(mark.verdict === 'RIGHT'));
    wrong.setAttribute('aria-pressed', String(mark.verdict === 'WRONG'));
    other.value = mark.trueLabel || '';
  };
  const send = async mark => {
    say(note, '');
    const answer = await post({...what, ...mark});
    if (answer.feedbackId) marks.set(key, mark);
    say(note, answer.feedbackId ? 'noted' : answer.message);
    show();
  };
  right.addEventListener('click', () => send({verdict: 'RIGHT'}));
  wrong.addEventListener('click', () => send({verdict: 'WRONG'}));
  other.addEventListener('change', () => other.value && send({verdict: 'LABEL', trueLabel: other.value}));
  show();
  return [group];
}

function choice(name) {
  const button = el('button', 'plain', name);
  button.type = 'button';
  return button;
}

async function post(mark) {
  try {
    const answer = await fetch('/api/feedback', {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(mark),
    });
    return await answer.json();
  } catch {
    return {message: 'no connection'};
  }
}
