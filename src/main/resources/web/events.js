import { read } from './api.js';
import { closable } from './dialogs.js';
import { clock, element, offer, say, write } from './words.js';

const REFRESH = 4000;
const MARKS = {
  delivered: '✓',
  waiting: '…',
  retrying: '↻',
  'dead letter': '✕',
  paused: '‖',
  off: '○',
  'not meant': '–',
};

/** The tab of the events: the latest, with what became of each, and one of them as JSON. */
export class Events {
  #document;
  #rows;
  #message;
  #camera;
  #label;
  #follow;
  #dialog;
  #timer = 0;
  #shown = false;
  #asked = 0;

  constructor(document) {
    this.#document = document;
    this.#rows = document.getElementById('events');
    this.#message = document.getElementById('events-message');
    this.#camera = document.getElementById('events-camera');
    this.#label = document.getElementById('events-label');
    this.#follow = document.getElementById('events-follow');
    this.#dialog = document.getElementById('event-dialog');
    closable(this.#dialog);
    for (const choice of [this.#camera, this.#label, this.#follow]) {
      choice.addEventListener('change', () => this.#load());
    }
    document.getElementById('events-refresh').addEventListener('click', () => this.#load());
  }

  show() {
    this.#shown = true;
    this.#load();
  }

  hide() {
    this.#shown = false;
    clearTimeout(this.#timer);
  }

  status(status) {
    offer(this.#camera, (status.cameras ?? []).map((camera) => camera.name));
    offer(this.#label, status.detector?.labels ?? []);
  }

  async #load() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const asked = this.#asked;
    const query = new URLSearchParams();
    if (this.#camera.value) {
      query.set('camera', this.#camera.value);
    }
    if (this.#label.value) {
      query.set('label', this.#label.value);
    }
    try {
      const { events, searched } = await read(`api/detections?${query}`);
      if (asked === this.#asked) {
        this.#draw(events, searched);
        say(this.#message, '');
      }
    } catch (error) {
      say(this.#message, error.message);
    }
    if (this.#shown && this.#follow.checked && asked === this.#asked) {
      this.#timer = setTimeout(() => (this.#dialog.open ? this.#again() : this.#load()), REFRESH);
    }
  }

  /** Later, so that the list does not move behind an open event. */
  #again() {
    this.#timer = setTimeout(() => (this.#dialog.open ? this.#again() : this.#load()), REFRESH);
  }

  #draw(events, searched) {
    const focused = this.#document.activeElement?.dataset?.number;
    this.#rows.replaceChildren(...events.map((event) => this.#row(event)));
    if (focused) {
      this.#rows.querySelector(`button[data-number="${focused}"]`)?.focus();
    }
    const filtered = this.#camera.value || this.#label.value;
    write(this.#document.getElementById('events-note'), events.length === 0
      ? filtered ? `No such event among the latest ${searched.toLocaleString('en')}.` : 'No events yet.'
      : `The latest ${events.length}${filtered ? ` of these among the last ${searched.toLocaleString('en')} events` : ''}. `
        + 'Times in the time zone of this browser.');
  }

  #row(event) {
    const row = element('tr');
    const time = element('td', 'when');
    const stamp = element('time', null, clock(event.time));
    stamp.dateTime = event.time ?? '';
    time.append(stamp);
    const counts = element('td', 'what');
    for (const [label, count] of Object.entries(event.count)) {
      counts.append(element('span', count > 0 ? 'count' : 'count zero', `${label} ${count}`), ' ');
    }
    const deliveries = element('td', 'where');
    const list = element('ul', 'deliveries');
    list.append(...event.deliveries.map((delivery) => mark(delivery, false)));
    deliveries.append(list);
    const button = element('button', null, 'Show');
    button.type = 'button';
    button.dataset.number = event.number;
    button.setAttribute('aria-label', `Show event ${event.number}`);
    button.addEventListener('click', () => this.#open(event.number));
    const details = element('td', 'how');
    details.append(button);
    row.append(time, element('td', 'who', event.camera ?? '–'), counts, deliveries, details);
    return row;
  }

  async #open(number) {
    const path = `api/detections/${number}`;
    try {
      const { event, deliveries } = await read(path);
      write(this.#document.getElementById('event-title'), `Event ${number}`);
      this.#document.getElementById('event-json').textContent = JSON.stringify(event, null, 2);
      this.#document.getElementById('event-deliveries').replaceChildren(...deliveries.map((each) => mark(each, true)));
      this.#document.getElementById('event-link').href = path;
      this.#dialog.showModal();
    } catch (error) {
      say(this.#message, error.message);
    }
  }
}

/** A sink with a sign for the state of the delivery; in full, with its words and the reason. */
function mark({ sink, state, reason }, full) {
  const item = element('li', state.replace(' ', '-'));
  const sign = element('span', 'sign', MARKS[state] ?? '?');
  sign.setAttribute('aria-hidden', 'true');
  item.append(sign, ' ', sink);
  if (full) {
    item.append(`: ${state}`);
    if (reason) {
      item.append(element('p', 'more', reason));
    }
  } else {
    item.append(element('span', 'unseen', ` ${state}`));
    item.title = reason ? `${state}: ${reason}` : state;
  }
  return item;
}
