import { decimal, element, plural, write } from './words.js';

/** The text around the picture and above all tabs: counts, performance, connections and problems. */
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
  #latencies = [];
  #tab = 'live';
  #words = '';
  #lostSince = null;

  constructor(document) {
    this.#document = document;
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
    this.#document.getElementById('logout').hidden = !status.page?.password;
    this.#count();
  }

  takeEvent(event, camera, latency) {
    this.#latest.set(event.camera, event);
    if (latency !== null && event.camera === (camera ?? event.camera)) {
      this.#showLatency(latency);
    }
    if (this.#camera === null || event.camera === this.#camera) {
      this.#camera = camera ?? event.camera;
      this.#count();
    }
  }

  chooseCamera(camera) {
    this.#camera = camera;
    this.#latencies = [];
    this.#pace(camera);
    this.#count();
  }

  chooseTab(name) {
    this.#tab = name;
    this.#title();
  }

  found() {
    this.#lostSince = null;
    this.#document.getElementById('stale').hidden = true;
    this.#title();
    this.#state(this.#status?.state === 'degraded' ? 'degraded' : 'running');
  }

  lost() {
    this.#lostSince ??= new Date();
    this.#state('lost');
    this.#trouble([]);
    this.#title();
    this.#set('stale', `No connection to Wayside since ${this.#lostSince.toLocaleTimeString()}. What you see is from then. `
      + 'Trying again…');
    this.#document.getElementById('stale').hidden = false;
  }

  #title() {
    const tab = this.#tab === 'live' ? this.#words : this.#tab.charAt(0).toUpperCase() + this.#tab.slice(1);
    const words = this.#lostSince ? 'No connection' : tab;
    this.#document.title = words ? `${words} – Wayside` : 'Wayside';
  }

  /** The median of the latest ten, because a single one says little. */
  #showLatency(latency) {
    this.#latencies = [...this.#latencies, latency].slice(-10);
    const sorted = [...this.#latencies].sort((one, other) => one - other);
    this.#set('latency', `${Math.round(sorted[Math.floor(sorted.length / 2)])} ms`);
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
    const sinks = this.#status?.sinks ?? [];
    if (sinks.length > 0) {
      const counted = ['failing', 'late', 'paused', 'works', 'idle']
        .map((state) => [sinks.filter((sink) => sink.state === state).length, state])
        .filter(([count]) => count > 0);
      entries.push({
        name: plural(sinks.length, 'sink'),
        state: counted.map(([count, state]) => (counted.length === 1 ? state : `${count} ${state}`)).join(', '),
        up: !sinks.some((sink) => sink.state === 'failing' || sink.state === 'late'),
        href: '#sinks',
      });
    }
    this.#fill('links', entries, (entry) => this.#link(entry));
  }

  #link({ name, state, up, more, href }) {
    const item = this.#document.createElement('li');
    item.className = up ? 'up' : state === 'disabled' ? 'off' : 'down';
    const dot = this.#document.createElement('span');
    dot.className = 'dot';
    dot.setAttribute('aria-hidden', 'true');
    const words = this.#document.createElement('p');
    words.className = 'words';
    const title = element(href ? 'a' : 'b', null, name);
    if (href) {
      title.href = href;
    }
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
      this.#words = words;
      this.#title();
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

  #set(id, text) {
    write(this.#document.getElementById(id), text);
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
