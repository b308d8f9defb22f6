/** The same letter out of react-email's components. Its words and prices come ready made: only the rendering is compared. */

import { propsOf } from './ours.ts';

/** As much of it as is used here: it isn't installed when types are checked. */
export interface ReactEmail {
  render(element: unknown, options?: { plainText: boolean }): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: components are handed on and never called here.
  [component: string]: any;
}

export interface React {
  createElement(type: unknown, props: object | null, ...children: unknown[]): unknown;
}

export function reactEmail(library: ReactEmail, { createElement: h }: React): (number: number) => Promise<number> {
  const { Html, Head, Preview, Body, Container, Section, Row, Column, Heading, Text, Button, Img, Link } = library;
  const element = (number: number): unknown => {
    const { shop, name, items, code, unsubscribeUrl } = propsOf(number);
    const soft = { fontSize: 13, color: '#6a6f6c', margin: 0 };
    const rows = items.map(({ id, title, price, url, image }) =>
      h(
        Row,
        { key: id },
        h(
          Column,
          { style: { width: 88, padding: '16px 0' } },
          h(
            Link,
            { href: url },
            h(Img, { src: image, alt: title, width: 88, height: 88, style: { borderRadius: 12 } }),
          ),
        ),
        h(
          Column,
          { style: { padding: '16px 0 16px 20px' } },
          h(Link, { href: url, style: { color: '#1b1d1c' } }, title),
          h(
            Text,
            { style: { fontWeight: 700, margin: 0 } },
            `$${((price ?? 0) * 0.9).toFixed(2)} `,
            h('s', null, `$${price}`),
          ),
        ),
      ),
    );
    return h(
      Html,
      { lang: 'en' },
      h(Head, null, h('title', null, `Your 10% off at ${shop.name}`)),
      h(Preview, null, 'The code inside is good until November 29.'),
      h(
        Body,
        { style: { backgroundColor: '#f5f4f0', fontFamily: 'Arial, sans-serif' } },
        h(Text, { style: { textAlign: 'center', fontWeight: 700 } }, shop.name),
        h(
          Container,
          { style: { backgroundColor: '#ffffff', borderRadius: 20, padding: '32px 24px' } },
          h(Heading, { style: { fontSize: 27 } }, 'Thank you for stopping by'),
          h(Text, null, `Hi ${name},`),
          h(
            Text,
            null,
            'Here is the code we promised, along with what you were looking at, so you can pick up right where you left off.',
          ),
          h(
            Section,
            { style: { backgroundColor: '#eff4f2', borderRadius: 16, textAlign: 'center' } },
            h(Text, { style: { fontSize: 28, fontWeight: 700 } }, '10% off'),
            h(Text, { style: soft }, 'Your code'),
            h(Text, { style: { border: '2px dashed #1f5f4a', fontSize: 20 } }, code),
            h(Text, { style: soft }, 'On orders from $50'),
            h(Text, { style: soft }, 'Valid until November 29, 2026, 11:59 PM (ET)'),
          ),
          h(
            Button,
            { href: items[0]?.url, style: { backgroundColor: '#1f5f4a', padding: '16px 20px' } },
            'Shop with 10% off',
          ),
          h(Text, { style: soft }, 'Your prices with the code'),
          h(Section, null, ...rows),
          h(Text, { style: soft }, 'Reduced prices apply to orders from $50.'),
        ),
        h(Text, { style: soft }, `You are receiving this because you asked ${shop.name} to send you this offer.`),
        h(Text, { style: soft }, `${shop.name}, ${shop.postalAddress}`),
        h(Link, { href: unsubscribeUrl }, 'Unsubscribe'),
      ),
    );
  };
  return async (number) => {
    const html = await library.render(element(number));
    const text = await library.render(element(number), { plainText: true });
    return html.length + text.length;
  };
}
