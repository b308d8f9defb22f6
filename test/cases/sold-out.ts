/** What a visit did, each item with its stock, and whether it is looking at something sold out: `[name, steps, soldOut]`. */

export type Step = 'page' | 'gone' | 'there' | 'unsaid' | 'back' | 'cart';

export const SOLD_OUTS: [name: string, steps: Step[], soldOut: boolean][] = [
  ['nothing yet', [], false],
  ['a page of none', ['page'], false],
  ['a page of something sold out', ['page', 'gone'], true],
  ['a page of something in stock', ['page', 'there'], false],
  ['a page that doesn’t say', ['page', 'unsaid'], false],
  ['the page after it', ['page', 'gone', 'page'], false],
  ['something in stock after it', ['page', 'gone', 'page', 'there'], false],
  ['sold out after something in stock', ['page', 'there', 'page', 'gone'], true],
  ['a size that is sold out, then one that isn’t', ['page', 'gone', 'back'], false],
  ['something sold out while another is carted', ['page', 'gone', 'cart'], true],
  ['no page told at all', ['gone'], true],
];
