/** What the popup costs with nothing around it: the words, looks and pictures of ours, written out, shown at the same moment by Preact alone. */

import { type ComponentChild, h, render } from 'preact';
import { css } from '../../../widget/popup/look.css';

interface Thing {
  id: string;
  title: string;
  price: number;
  image: string;
}

const CONFIRM_MS = 350;
const html = document.documentElement;
let timer: ReturnType<typeof setTimeout> | undefined;

html.addEventListener('mouseleave', (event) => {
  if (event.clientY <= 0) timer = setTimeout(show, CONFIRM_MS);
});
html.addEventListener('mouseenter', () => clearTimeout(timer));

const money = (amount: number): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(amount);

function show(): void {
  const { things } = window as unknown as { things: Thing[] };
  const host = document.createElement('bare-popup');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const close = (): void => {
    root.querySelector('dialog')?.close();
    host.remove();
  };
  render(dialog(things, close), root);
  html.append(host);
  root.querySelector('dialog')?.showModal();
  root.querySelector('h2')?.focus({ preventScroll: true });
}

const dialog = (things: Thing[], close: () => void): ComponentChild =>
  h(
    'dialog',
    { class: 'modal wide many', lang: 'en', dir: 'ltr', 'aria-labelledby': 'title', 'aria-describedby': 'text' },
    [
      h('article', null, [
        h('div', { class: 'words' }, [
          h('header', null, h('h2', { id: 'title', tabIndex: -1 }, '10% off what caught your eye')),
          h(
            'p',
            { class: 'text', id: 'text' },
            'Leave your e-mail and we’ll send you a personal code. It’s good for 7 days.',
          ),
          h('ul', { class: 'things' }, things.map(row)),
          form(close),
        ]),
        h('button', { class: 'close', type: 'button', 'aria-label': 'Close', onClick: close }, [
          h(
            'svg',
            { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
            h('path', { d: 'M3 3l10 10M13 3L3 13' }),
          ),
        ]),
      ]),
    ],
  );

const row = ({ id, title, price, image }: Thing): ComponentChild =>
  h('li', { key: id }, [
    h('img', { class: 'picture', src: image, alt: '', referrerpolicy: 'no-referrer', decoding: 'async' }),
    h('div', null, [
      h('p', { class: 'name' }, title),
      h('p', { class: 'price' }, [
        aside('Old price: '),
        h('s', null, money(price)),
        ' ',
        aside('With the code: '),
        h('strong', null, money(price * 0.9)),
      ]),
    ]),
  ]);

const aside = (words: ComponentChild): ComponentChild => h('span', { class: 'aside' }, words);

const form = (close: () => void): ComponentChild =>
  h('form', { noValidate: true, onSubmit: (event: Event) => event.preventDefault() }, [
    h('label', { class: 'field', for: 'email' }, [
      h('span', null, 'Your e-mail'),
      h('input', {
        id: 'email',
        name: 'email',
        type: 'email',
        autocomplete: 'email',
        inputMode: 'email',
        autocapitalize: 'off',
        spellcheck: false,
        maxLength: 254,
        'aria-required': 'true',
      }),
    ]),
    h('div', { class: 'aside', 'aria-hidden': 'true' }, h('input', { name: 'website', type: 'text', tabIndex: -1 })),
    h(
      'p',
      { class: 'small' },
      'By asking for it you agree to letters from Maple & Linen. You can unsubscribe at any time.',
    ),
    h('p', { class: 'error', id: 'error', role: 'alert' }),
    h('button', { class: 'accept', type: 'submit' }, 'Send me the code'),
    h('button', { class: 'decline', type: 'button', onClick: close }, 'No, thank you'),
  ]);
