// Brings the parts together: the stream, the filter, the list, the call that is open.
import {Calls, holds} from './calls.js';
import {CallList} from './list.js';
import {Detail} from './detail.js';
import {askForFeedback} from './feedback.js';
import {Recordings, legsOf} from './recording.js';
import {LABELS, repaint, swatch} from './labels.js';
import {duration, el, percent, say, sentimentName} from './text.js';

const byId = id => document.getElementById(id);
const SAY_EVERY_MS = 4_000;
const ALERTS_SHOWN = 3;

const calls = new Calls();
const filter = {search: '', which: 'all', label: '', sentiment: '', seconds: 0, order: 'worst'};
const list = new CallList(byId('calls'), byId('space'), calls, open);
const detail = new Detail(byId('detail'), calls, () => open(null));
const recordings = new Recordings({
  button: byId('pick'), input: byId('file'), zone: byId('drop'), note: byId('sending'), show: showRecording,
});
let recording = null;
let asked = false;
let heard = false;

// ---- what is shown

function wanted() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    render();
  });
}

function render() {
  const chosen = calls.chosen(filter);
  const live = calls.liveCount();
  say(byId('live-count'), String(live));
  overview(live);
  say(byId('shown-count'), chosen.length === calls.legs.size ? '' : ` · ${chosen.length} shown`);
  list.show(chosen, detail.callId);
  const empty = byId('empty');
  empty.hidden = chosen.length > 0;
  if (!chosen.length) {
    say(empty, !heard ? 'Connecting …' : calls.legs.size
      ? 'No call fits this filter.'
      : 'No live calls. ./undertone publish demo/call.wav plays one.');
  }
}

function overview(live) {
  const moods = calls.moods();
  say(byId('moods'), live ? ` · ${moods.NEGATIVE} of ${live} negative` : '');
  for (const part of byId('moods-bar').children) part.style.flexGrow = moods[part.dataset.mood];
  const alerts = calls.alerts();
  byId('alerts-box').hidden = !alerts.length;
  const shown = alerts.slice(0, ALERTS_SHOWN);
  say(byId('alerts-count'), alerts.length > shown.length
    ? `${alerts.length} alerts in ten minutes, the newest:` : alerts.length === 1 ? 'One alert in ten minutes:' : `${alerts.length} alerts in ten minutes:`);
  const key = shown.map(alert => alert.alertId).join(' ');
  if (byId('alerts').dataset.key === key) return;
  byId('alerts').dataset.key = key;
  byId('alerts').replaceChildren(...shown.map(alert => {
    const go = el('button', 'plain', el('strong', '', alert.rule), ` ${alert.callId}, ${clock(alert.capturedAt)}`);
    go.type = 'button';
    go.title = alert.condition;
    go.addEventListener('click', () => open(alert.callId));
    return el('li', '', go);
  }));
}

const clock = ms => new Date(ms).toTimeString().slice(0, 8);

// ---- the stream

function connect() {
  const stream = new EventSource('/api/stream');
  const take = whole => message => {
    heard = true;
    const told = calls.take(JSON.parse(message.data), whole);
    detail.hear(told, whole);
    if (whole) alerted = new Set(told.flatMap(leg => (leg.alerts || []).map(alert => alert.alertId)));
    else announce(told);
    wanted();
  };
  stream.addEventListener('state', take(true));
  stream.addEventListener('change', take(false));
  stream.addEventListener('open', () => link('live', 'live'));
  stream.addEventListener('error', () => {
    link('lost', 'connection lost, trying again');
    // The browser tries again by itself, but for answers such as 401 or 503.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 3_000);
  });
}

function link(state, text) {
  byId('link').dataset.state = state;
  say(byId('link'), text);
}

// ---- what a screen reader is told: calls that come to fit the filter, and the open call's changes of label

let unsaid = [];
let saidAt = 0;
const fitting = new Set();
let alerted = new Set();
let openLabel = '';

function announce(told) {
  for (const leg of told) {
    for (const alert of leg.alerts || []) {
      if (!alerted.has(alert.alertId)) unsaid.push(`Alert ${alert.rule}: call ${leg.callId}, ${alert.condition}`);
      alerted.add(alert.alertId);
    }
    const fits = !leg.ended && (filter.label || filter.sentiment) && holds(leg, filter);
    if (fits && !fitting.has(leg.leg)) unsaid.push(`Call ${leg.callId}: ${leg.label} for ${duration(leg.runMs)}`);
    fits ? fitting.add(leg.leg) : fitting.delete(leg.leg);
    if (leg.callId === detail.callId) {
      if (leg.justEnded) unsaid.push(`Call ${leg.callId} has ended`);
      else if (leg.label && leg.label !== openLabel) unsaid.push(`${sentimentName(leg.sentiment)}, ${leg.label}, ${percent(leg.confidence)} sure`);
      openLabel = leg.label || '';
    }
  }
  const now = Date.now();
  if (unsaid.length && now - saidAt > SAY_EVERY_MS) {
    saidAt = now;
    say(byId('said'), unsaid.length > 3 ? `${unsaid.length} calls: ${filter.label || sentimentName(filter.sentiment) || 'changes'}` : unsaid.join('. '));
    unsaid = [];
  }
}

// ---- the filter

function buildLabels() {
  for (const label of LABELS) {
    const button = el('button', 'choice', swatch(label), label);
    button.type = 'button';
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      filter.label = filter.label === label ? '' : label;
      for (const other of byId('labels').children) {
        other.setAttribute('aria-pressed', String(other === button && filter.label === label));
      }
      refilter();
    });
    byId('labels').append(button);
  }
}

function refilter() {
  fitting.clear();
  byId('calls').scrollTop = 0;
  wanted();
}

byId('search').addEventListener('input', event => {
  filter.search = event.target.value.trim();
  refilter();
});
byId('which').addEventListener('change', event => {
  filter.which = event.target.value;
  refilter();
});
byId('sentiment').addEventListener('change', event => {
  filter.sentiment = event.target.value;
  refilter();
});
byId('order').addEventListener('change', event => {
  filter.order = event.target.value;
  refilter();
});
byId('seconds').addEventListener('input', event => {
  filter.seconds = Math.max(0, Number(event.target.value) || 0);
  refilter();
});
byId('filter').addEventListener('submit', event => event.preventDefault());

// ---- the open call, which the address names: #/call/ID

function open(callId) {
  location.hash = callId === null ? '#/' : `#/call/${encodeURIComponent(callId)}`;
}

function showRecording(answer) {
  recording = answer;
  if (location.hash === '#/recording') follow();
  else location.hash = '#/recording';
}

function follow() {
  if (location.hash === '#/recording' && recording) {
    byId('panes').classList.add('with-detail');
    document.title = `${recording.callId} · Undertone`;
    detail.show(recording.callId, legsOf(recording), recording.remarks);
    list.measure();
    wanted();
    return;
  }
  const match = /^#\/call\/(.+)$/.exec(location.hash);
  let callId = null;
  try {
    callId = match && decodeURIComponent(match[1]);
  } catch {
    // Not an address that was made here.
  }
  const closed = detail.isOpen && callId === null;
  byId('panes').classList.toggle('with-detail', callId !== null);
  openLabel = '';
  document.title = callId === null ? 'Undertone' : `${callId} · Undertone`;
  detail.open(callId);
  if (closed) byId('calls').focus();
  list.measure();
  wanted();
}

window.addEventListener('hashchange', follow);
document.addEventListener('keydown', event => {
  const typing = event.target.closest('input, select, textarea');
  if (event.key === 'Escape' && detail.isOpen) open(null);
  if (event.key === '/' && !typing) {
    event.preventDefault();
    byId('search').focus();
  }
});

// ---- time and looks

setInterval(() => {
  if (document.hidden) return;
  wanted();
  detail.draw();
}, 1_000);
for (const query of ['(prefers-color-scheme: dark)', '(resolution: 1dppx)']) {
  matchMedia(query).addEventListener('change', () => {
    repaint();
    list.measure();
    detail.draw();
  });
}

buildLabels();
list.measure();
askForFeedback().then(follow);
connect();
recordings.ask();
