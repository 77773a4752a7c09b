/** The live picture: choice of the camera and of what is drawn, pause, and the message shown when there is no picture. */
export class Picture {
  static #RETRY_AFTER = 2000;
  /** Each needs the previous ones: Wayside draws one of four pictures for all viewers, not one for each of them. */
  static #PARTS = ['boxes', 'labels', 'scores'];

  camera = null;
  onChoose = () => {};

  #image;
  #cover;
  #figure;
  #chooser;
  #name;
  #pause;
  #snapshot;
  #names = '';
  #states = new Map();
  #present = false;
  #paused = false;
  #shown = false;
  #parts;
  #pictured = false;
  #retry = 0;

  constructor(document) {
    this.#image = document.getElementById('stream');
    this.#cover = document.getElementById('cover');
    this.#figure = document.getElementById('picture');
    this.#chooser = document.getElementById('cameras');
    this.#name = document.getElementById('camera-name');
    this.#pause = document.getElementById('pause');
    this.#snapshot = document.getElementById('snapshot');
    this.#parts = Picture.#PARTS.map((part) => document.getElementById(`show-${part}`));
    this.#parts.forEach((part) => part.addEventListener('change', () => this.#changeParts()));
    this.#pause.addEventListener('click', () => this.#togglePause());
    this.#image.addEventListener('load', () => this.#loaded());
    this.#image.addEventListener('error', () => this.#failed());
  }

  /** The tab is chosen. */
  show() {
    this.#shown = true;
    this.#stream();
  }

  /** Another tab, or another window: ends the stream, so that nothing is encoded for it. */
  hide() {
    this.#shown = false;
    this.#stream();
  }

  /** What to draw: none, boxes, labels or scores. */
  #overlay() {
    const missing = this.#parts.findIndex((part) => !part.checked);
    return ['none', ...Picture.#PARTS][missing < 0 ? this.#parts.length : missing];
  }

  #changeParts() {
    const missing = this.#parts.findIndex((part) => !part.checked);
    this.#parts.forEach((part, index) => {
      part.disabled = missing >= 0 && index > missing;
    });
    this.#stream();
  }

  /** @param cameras the cameras of the status; the chooser appears if there are several */
  cameras(cameras) {
    this.#states = new Map(cameras.map((camera) => [camera.name, camera]));
    const names = cameras.map((camera) => camera.name);
    if (names.join('\n') !== this.#names) {
      this.#names = names.join('\n');
      this.#offer(names);
    }
    if (names.length > 0 && !names.includes(this.camera)) {
      this.#choose(names[0]);
    }
    this.#explain();
  }

  /** @param frame width and height of the camera's pictures */
  size(frame) {
    if (frame?.width > 0 && frame?.height > 0) {
      this.#figure.style.aspectRatio = `${frame.width} / ${frame.height}`;
    }
  }

  found() {
    this.#present = true;
    this.#stream();
  }

  lost() {
    this.#present = false;
    this.#explain();
  }

  #offer(names) {
    this.#chooser.hidden = names.length < 2;
    this.#name.hidden = names.length > 1;
    this.#name.textContent = names[0] ?? '';
    this.#chooser.querySelectorAll('label').forEach((label) => label.remove());
    for (const name of names) {
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'radio';
      input.name = 'camera';
      input.value = name;
      input.checked = name === this.camera;
      input.addEventListener('change', () => this.#choose(name));
      const words = document.createElement('span');
      words.textContent = name;
      label.append(input, words);
      this.#chooser.append(label);
    }
  }

  #choose(name) {
    this.camera = name;
    for (const input of this.#chooser.querySelectorAll('input')) {
      input.checked = input.value === name;
    }
    this.#snapshot.href = `snapshot.jpg?camera=${encodeURIComponent(name)}`;
    this.#pictured = false;
    this.#image.hidden = true;
    this.#setPaused(false);
    this.onChoose();
    this.#stream();
  }

  #togglePause() {
    if (!this.#paused) {
      this.#keepStill();
    }
    this.#setPaused(!this.#paused);
    this.#stream();
  }

  #setPaused(paused) {
    this.#paused = paused;
    this.#pause.setAttribute('aria-pressed', String(paused));
    this.#pause.textContent = paused ? 'Resume picture' : 'Pause picture';
  }

  /** Replaces the stream by its last picture, so that the connection can be closed. */
  #keepStill() {
    if (this.#pictured && this.#image.naturalWidth > 0) {
      const canvas = document.createElement('canvas');
      canvas.width = this.#image.naturalWidth;
      canvas.height = this.#image.naturalHeight;
      canvas.getContext('2d').drawImage(this.#image, 0, 0);
      this.#image.src = canvas.toDataURL('image/jpeg', 0.9);
    } else {
      this.#image.removeAttribute('src');
    }
  }

  #stream() {
    clearTimeout(this.#retry);
    if (this.#paused || !this.#shown) {
      if (!this.#shown) {
        this.#keepStill();
      }
    } else if (this.#present && this.camera !== null) {
      // A new URL each time: otherwise a browser reuses the broken response.
      this.#image.src = `stream.mjpg?camera=${encodeURIComponent(this.camera)}&show=${this.#overlay()}&since=${Date.now()}`;
    }
    this.#explain();
  }

  #loaded() {
    this.#pictured = true;
    this.#image.hidden = false;
    this.#explain();
  }

  #failed() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#stream(), Picture.#RETRY_AFTER);
    this.#explain();
  }

  #explain() {
    const state = this.#states.get(this.camera);
    let words = '';
    if (!this.#present) {
      words = 'No connection to Wayside. Retrying…';
    } else if (state?.reason) {
      words = `Camera ${this.camera}: ${state.reason}`;
    } else if (!this.#pictured) {
      words = 'Waiting for the first picture…';
    } else if (this.#paused) {
      words = 'Paused';
    }
    this.#cover.textContent = words;
    this.#cover.hidden = words === '';
    this.#figure.classList.toggle('stale', words !== '' && words !== 'Paused');
  }
}
