import { Sinks } from './sinks.js';

/** The text of the page: counts, performance, connections, sinks and problems. */
export class Panel {
  /** The minimum interval, in milliseconds, between two announcements of the counts to a screen reader. */
  static #SPEAK_EVERY = 10000;

  #document;
  #counts;
  #tiles = new Map();
  #colours = {};
  #labels = [];
  #latest = new Map();
  #camera = null;
  #spoken = '';
  #spokenAt = 0;
  #status = null;
  #sinks;

  constructor(document) {
    this.#document = document;
    this.#sinks = new Sinks(document);
    this.#counts = document.getElementById('counts');
  }

  showStatus(status, camera) {
    this.#status = status;
    this.#colours = status.colours ?? {};
    this.#labels = status.detector?.labels ?? [];
    this.#set('device', status.device ?? '');
    this.#set('about', `Wayside ${status.version ?? ''} · ${status.detector?.model ?? 'no model'}`
      + `${status.detector?.threads ? ` · ${plural(status.detector.threads, 'thread')}` : ''}`);
    this.#state(status.state === 'running' ? 'running' : 'degraded');
    this.#trouble(status.state === 'running' ? [] : status.reasons ?? []);
    this.#pace(camera);
    this.#links();
    this.#sinks.show(status.sinks ?? []);
    this.#document.getElementById('logout').hidden = !status.page?.password;
    this.#count();
  }

  takeEvent(event, camera) {
    this.#latest.set(event.camera, event);
    if (this.#camera === null || event.camera === this.#camera) {
      this.#camera = camera ?? event.camera;
      this.#count();
    }
  }

  chooseCamera(camera) {
    this.#camera = camera;
    this.#pace(camera);
    this.#count();
  }

  found() {
    this.#state(this.#status?.state === 'degraded' ? 'degraded' : 'running');
  }

  lost() {
    this.#state('lost');
    this.#trouble([]);
    this.#document.title = 'No connection – Wayside';
  }

  #state(state) {
    const words = { running: 'Running', degraded: 'Degraded', lost: 'No connection to Wayside' };
    this.#document.body.dataset.connection = state;
    this.#set('state-words', words[state]);
  }

  #trouble(reasons) {
    this.#document.getElementById('trouble').hidden = reasons.length === 0;
    this.#set('trouble-title', 'Some parts do not work. Wayside keeps retrying.');
    this.#fill('reasons', reasons, (reason) => {
      const item = this.#document.createElement('li');
      item.textContent = reason;
      return item;
    });
  }

  #pace(camera) {
    const cameras = this.#status?.cameras ?? [];
    const state = cameras.find((each) => each.name === camera) ?? cameras[0];
    this.#set('analysed', decimal(state?.analysed_fps, 'frames/s'));
    this.#set('given', decimal(state?.fps, 'frames/s'));
    this.#set('picture-size', state?.width > 0 ? `${state.width} × ${state.height}` : '–');
    this.#set('inference', decimal(this.#status?.detector?.inference_ms, 'ms'));
  }

  #links() {
    const entries = (this.#status?.cameras ?? []).map((camera) => ({
      name: `Camera ${camera.name}`,
      state: camera.state,
      up: camera.state === 'running',
      more: camera.reason ?? camera.url,
    }));
    const mqtt = this.#status?.mqtt;
    if (mqtt) {
      entries.push({
        name: 'MQTT',
        state: mqtt.state,
        up: mqtt.state === 'connected',
        more: mqtt.reason ?? `${mqtt.url ?? ''}${mqtt.published >= 0 ? ` · ${mqtt.published.toLocaleString('en')} sent` : ''}`,
      });
    }
    this.#fill('links', entries, (entry) => this.#link(entry));
  }

  #link({ name, state, up, more }) {
    const item = this.#document.createElement('li');
    item.className = up ? 'up' : state === 'disabled' ? 'off' : 'down';
    const dot = this.#document.createElement('span');
    dot.className = 'dot';
    dot.setAttribute('aria-hidden', 'true');
    const words = this.#document.createElement('p');
    words.className = 'words';
    const title = this.#document.createElement('b');
    title.textContent = name;
    const said = this.#document.createElement('span');
    said.textContent = state ?? 'unknown';
    words.append(title, ' ', said);
    const detail = this.#document.createElement('p');
    detail.className = 'more';
    detail.textContent = more ?? '';
    item.append(dot, words, detail);
    return item;
  }

  #count() {
    const event = this.#latest.get(this.#camera);
    const counts = event?.count ?? {};
    const labels = [...new Set([...this.#labels, ...Object.keys(counts).sort()])];
    for (const [label, tile] of this.#tiles) {
      if (!labels.includes(label)) {
        tile.item.remove();
        this.#tiles.delete(label);
      }
    }
    for (const label of labels) {
      const tile = this.#tiles.get(label) ?? this.#tile(label);
      tile.number.textContent = event ? String(counts[label] ?? 0) : '–';
      tile.tag.style.setProperty('--colour', this.#colours[label] ?? '#c9d1ce');
    }
    if (event) {
      this.#set('seen', `${new Date(event.time).toLocaleTimeString()} · event ${event.sequence}`);
      const words = labels.map((label) => `${label} ${counts[label] ?? 0}`).join(', ');
      if (this.#document.body.dataset.connection !== 'lost') {
        this.#document.title = `${words} – Wayside`;
      }
      this.#speak(words);
    }
  }

  #tile(label) {
    const item = this.#document.createElement('li');
    const tag = this.#document.createElement('span');
    const number = this.#document.createElement('span');
    item.dataset.label = label;
    tag.className = 'tag';
    tag.textContent = label;
    number.className = 'number';
    item.append(tag, number);
    this.#counts.append(item);
    const tile = { item, tag, number };
    this.#tiles.set(label, tile);
    return tile;
  }

  #speak(words) {
    const now = Date.now();
    if (words !== this.#spoken && now - this.#spokenAt >= Panel.#SPEAK_EVERY) {
      this.#spoken = words;
      this.#spokenAt = now;
      this.#set('spoken', words);
    }
  }

  /** Writes only changed text, because a screen reader reads a rewritten status region again. */
  #set(id, text) {
    const element = this.#document.getElementById(id);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  #fill(id, values, make) {
    const list = this.#document.getElementById(id);
    const key = JSON.stringify(values);
    if (list.dataset.key !== key) {
      list.dataset.key = key;
      list.replaceChildren(...values.map(make));
    }
  }
}

function decimal(value, unit) {
  return typeof value === 'number' ? `${value.toFixed(1)} ${unit}` : '–';
}

function plural(number, word) {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
