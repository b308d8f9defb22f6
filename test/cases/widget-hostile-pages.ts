/** Pages that make it hard: what they do before the tag and after it, and whether an offer still comes through. */

export interface HostilePage {
  name: string;
  /** Script before the tag, or markup where it begins with `<`. */
  before?: string;
  /** Markup after the page's own. */
  after?: string;
  /** Content-Security-Policy. */
  policy?: string;
  /** The tag itself, where it is another than usual. `SRC` becomes its address. */
  tag?: string;
  /** Whether the offer is shown; where it can't be, the page must not notice us at all. */
  shows: boolean;
}

export const PROTOTYPE_JS = `
  Array.prototype.toJSON = function () { return '[' + this.map(Object.toJSON).join(', ') + ']' };
  String.prototype.toJSON = function () { return '"' + this + '"' };
  Object.toJSON = String; window.$A = function (list) { return [].slice.call(list || []) }; Array.from = $A;
  Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] };
  Array.prototype.each = Array.prototype.forEach; Array.prototype.first = function () { return this[0] };
  Function.prototype.bind = function (that) { var act = this; return function () { return act.apply(that, arguments) } };
  document.getElementsByClassName = function (name) { return $A(document.querySelectorAll('.' + name)) };
  HTMLElement.prototype.remove = function () { this.parentNode.removeChild(this); return this };
  HTMLElement.prototype.select = HTMLElement.prototype.show = HTMLElement.prototype.hide = function () { return this };`;

export const MOOTOOLS = `
  Array.from = function (item) { return item == null ? [] : [item] };
  Array.prototype.contains = String.prototype.contains = function (it) { return this.indexOf(it) > -1 };
  Array.prototype.flatten = function () { return this }; Array.prototype.include = function (it) { this.push(it); return this };
  Function.prototype.bind = function (that, args) { var act = this; return function () { return act.apply(that, args || arguments) } };
  Number.prototype.limit = String.prototype.test = function () { return true };
  window.addEvent = Element.prototype.addEvent = function () { return this };
  Element.prototype.getProperty = Element.prototype.getAttribute; Element.prototype.dispose = Element.prototype.remove;`;

const FREEZE = `for (const it of [Object, Array, Function, String, Promise, Map, Set, RegExp, Event, EventTarget, Node, Element, HTMLElement, Storage])
  { Object.freeze(it); Object.freeze(it.prototype) }`;

const accessors = (...names: string[]): string =>
  `for (const name of ${JSON.stringify(names)}) Object.defineProperty(Object.prototype, name,
    { configurable: true, get() { return undefined }, set() {} });`;

const STORM = `let storm = 0; const rain = () => { const drop = document.createElement('i');
  for (let n = 0; n < 50; n += 1) drop.append(document.createElement('b'));
  drop.style.cssText = 'position:absolute;top:0;left:-99px'; document.body?.append(drop); drop.dataset.linger = storm;
  if (storm++ < 400) requestAnimationFrame(rain); else document.body.dataset.calm = '' }; rain();`;

export const hostilePages: HostilePage[] = [
  { name: 'a page like any other', shows: true },
  { name: 'Prototype.js’s habits', before: PROTOTYPE_JS, shows: true },
  { name: 'MooTools’ habits', before: MOOTOOLS, shows: true },
  {
    name: 'a JSON of its own, without stringify',
    before: 'window.JSON = { encode: String, decode: eval }',
    shows: false,
  },
  { name: 'a toJSON on every object', before: 'Object.prototype.toJSON = function () { return "mine" }', shows: true },
  {
    name: 'a toJSON that throws',
    before: 'Array.prototype.toJSON = function () { throw new Error("mine") }',
    shows: true,
  },
  { name: 'frozen prototypes', before: FREEZE, shows: true },
  {
    name: 'sealed globals',
    before: 'for (const it of [JSON, Math, Reflect, history, document]) Object.seal(it)',
    shows: true,
  },
  {
    name: 'functions hung on Object.prototype',
    before: 'Object.prototype.each = Object.prototype.extend = function () {}',
    shows: true,
  },
  {
    name: 'values hung on Object.prototype',
    before: 'Object.prototype.length = 3; Object.prototype.item = {}',
    shows: true,
  },
  {
    name: 'things hung on Array.prototype',
    before: 'Array.prototype.last = Array.prototype.max = function () {}',
    shows: true,
  },
  {
    name: 'accessors that blank a renderer',
    before: accessors('__k', '__', '__e', '__c', 'ref', 'children', 'props'),
    // Preact keeps its books under these names: there is no offer then, and no trace of one.
    shows: false,
  },
  { name: 'accessors on common names', before: accessors('hidden', 'index', 'node', 'label'), shows: true },
  { name: 'accessors on our own names', before: accessors('type', 'show', 'id', 'name'), shows: true },
  {
    name: 'getters for descriptors',
    before: 'Object.prototype.get = Object.prototype.set = function () {}',
    shows: true,
  },
  {
    name: 'an iterator that counts backwards',
    before: 'Array.prototype[Symbol.iterator] = function* () { for (let n = this.length; n--; ) yield this[n] }',
    shows: false,
  },
  {
    name: 'array methods that throw',
    before: 'Array.prototype.map = Array.prototype.filter = Array.prototype.some = () => { throw new Error("mine") }',
    shows: false,
  },
  { name: 'a Promise of its own', before: 'const Real = Promise; window.Promise = class extends Real {}', shows: true },
  { name: 'a Promise that is none', before: 'window.Promise = function () {}', shows: false },
  { name: 'no fetch', before: 'delete window.fetch', shows: false },
  { name: 'a fetch that throws', before: 'window.fetch = () => { throw new Error("mine") }', shows: false },
  { name: 'a fetch that never answers', before: 'window.fetch = () => new Promise(() => {})', shows: false },
  { name: 'a fetch that answers nothing', before: 'window.fetch = () => undefined', shows: false },
  {
    name: 'a wrapped fetch',
    before: 'const real = fetch; window.fetch = function (...input) { return real.apply(this, input) }',
    shows: true,
  },
  { name: 'no storage at all', before: 'Object.defineProperty(window, "localStorage", { value: null })', shows: true },
  {
    name: 'storage that may not be touched',
    before:
      'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })',
    shows: true,
  },
  {
    name: 'storage that is full',
    before: 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }',
    shows: true,
  },
  {
    name: 'storage with somebody’s text under our key',
    before: 'localStorage.setItem("linger", "{oops")',
    shows: true,
  },
  {
    name: 'storage with somebody’s list under our key',
    before: 'localStorage.setItem("linger", "[1, null]")',
    shows: true,
  },
  {
    name: 'storage with half of a memory',
    before: `localStorage.setItem("linger", '{"visitor":"v","visit":"v","shown":{},"tail":[null],"queue":[],"outbox":[7]}')`,
    shows: false,
  },
  { name: 'no crypto', before: 'Object.defineProperty(window, "crypto", { value: undefined })', shows: false },
  { name: 'no idle callback', before: 'delete window.requestIdleCallback', shows: true },
  { name: 'no observers', before: 'delete window.IntersectionObserver; delete window.MutationObserver', shows: true },
  { name: 'no matchMedia', before: 'delete window.matchMedia', shows: true },
  {
    name: 'no navigation, a history that is frozen',
    before: 'delete window.navigation; Object.freeze(history)',
    shows: true,
  },
  {
    name: 'a history that throws',
    before: 'delete window.navigation; history.pushState = () => { throw new Error("mine") }',
    shows: true,
  },
  { name: 'a URL of its own', before: 'window.URL = function (text) { this.href = String(text) }', shows: false },
  { name: 'a clock that stands', before: 'Date.now = () => 0', shows: false },
  { name: 'a clock that is none', before: 'Date.now = () => NaN', shows: false },
  { name: 'no console', before: 'for (const name of Object.keys(console)) console[name] = undefined', shows: true },
  {
    name: 'listeners that are wrapped',
    before:
      'const real = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (type, act, more) { return real.call(this, type, act && function (event) { return act.call(this, event) }, more) }',
    shows: true,
  },
  {
    name: 'events that are swallowed',
    before:
      'for (const type of ["mouseleave", "mouseout", "scroll", "click"]) addEventListener(type, (event) => event.stopImmediatePropagation(), true)',
    shows: false,
  },
  { name: 'no dialog', before: 'delete HTMLDialogElement.prototype.showModal', shows: false },
  { name: 'no constructable style sheets', before: 'delete Document.prototype.adoptedStyleSheets', shows: false },
  { name: 'no shadow trees', before: 'delete Element.prototype.attachShadow', shows: false },
  {
    name: 'a reset that unsets everything',
    before: '<style>* { all: unset !important } html, body { display: block !important }</style>',
    shows: true,
  },
  {
    name: 'a reset of dialogs and headings',
    before: '<style>dialog, h2, button { display: none !important; font-size: 99px }</style>',
    shows: true,
  },
  {
    name: 'a page that moves and grows',
    before: '<style>html { transform: rotate(1deg); font-size: 4px; zoom: 1.5 } body { filter: blur(1px) }</style>',
    shows: true,
  },
  { name: 'a stub that is a number', before: 'window.linger = 5', shows: true },
  {
    name: 'a stub full of junk',
    before: 'window.linger = { q: [null, 5, [], "open", ["item"], ["cart", { items: [null] }]] }',
    shows: true,
  },
  {
    name: 'a name that is taken for good',
    before: 'Object.defineProperty(window, "linger", { value: 5 })',
    shows: false,
  },
  {
    name: 'an element of our name',
    before: '<form id="linger"><input name="loaded"><input name="q"></form>',
    shows: true,
  },
  { name: 'an element in place of the current script', before: '<img name="currentScript" alt="">', shows: true },
  { name: 'a dataLayer that is frozen', before: 'window.dataLayer = Object.freeze([{ event: "x" }])', shows: true },
  { name: 'a dataLayer that is no list', before: 'window.dataLayer = { push: 7 }', shows: true },
  {
    name: 'a dataLayer of traps',
    before:
      'window.dataLayer = [{ get event() { throw new Error("mine") } }, new Proxy({}, { get() { throw new Error("mine") } }), null, 5]',
    shows: true,
  },
  {
    name: 'a dataLayer that may not be read',
    before: 'Object.defineProperty(window, "dataLayer", { get() { throw new Error("mine") } })',
    shows: true,
  },
  {
    name: 'markup that is no JSON, and JSON that is no product',
    before:
      '<script type="application/ld+json">{oops</script><script type="application/ld+json">[[[{"__proto__":{"@type":"Product"}}]]]</script>',
    shows: true,
  },
  { name: 'a base that leads elsewhere', before: '<base href="https://elsewhere.invalid/x/">', shows: true },
  {
    name: 'the tag twice',
    tag: '<script src="SRC" data-shop="pk_test"></script><script async src="SRC" data-shop="pk_test"></script>',
    shows: true,
  },
  {
    name: 'the tag once a tag manager has it too',
    after:
      '<script>for (let n = 0; n < 3; n += 1) { const again = document.createElement("script"); again.src = "SRC"; again.dataset.shop = "pk_test"; document.head.append(again) }</script>',
    shows: true,
  },
  { name: 'a storm in the document', after: `<script>${STORM}</script>`, shows: true },
  {
    name: 'a document that is written anew',
    after:
      '<script>addEventListener("load", () => { document.body.innerHTML = "<h1>New</h1>"; document.head.innerHTML = "" })</script>',
    shows: true,
  },
  { name: 'only itself allowed', policy: "default-src 'self' 'unsafe-inline'", shows: true },
  { name: 'no styles allowed', policy: "default-src 'self' 'unsafe-inline'; style-src 'none'", shows: true },
  {
    name: 'no pictures, fonts, frames and objects allowed',
    policy: "default-src 'self' 'unsafe-inline'; img-src 'none'; font-src 'none'; frame-src 'none'; object-src 'none'",
    shows: true,
  },
  { name: 'trusted types required', policy: "require-trusted-types-for 'script'; trusted-types 'none'", shows: true },
  { name: 'no connections allowed', policy: "default-src 'self' 'unsafe-inline'; connect-src 'none'", shows: false },
  { name: 'no scripts but its own allowed', policy: "script-src 'unsafe-inline'", shows: false },
  {
    name: 'scripts by nonce, and what they bring',
    policy: "script-src 'nonce-n' 'strict-dynamic'; base-uri 'none'",
    tag: '<script nonce="n">__before = Object.getOwnPropertyNames(window); const tag = document.createElement("script"); tag.src = "SRC"; tag.dataset.shop = "pk_test"; document.head.append(tag)</script>',
    shows: true,
  },
  { name: 'a sandbox without an origin', policy: 'sandbox allow-scripts', shows: true },
];
