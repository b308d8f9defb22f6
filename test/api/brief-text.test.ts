import { expect, it } from 'vitest';
import { briefText } from '../../api/feeds/brief-text.ts';

const LONG = 'A teapot for two, thrown by hand of stoneware from the river and glazed in moss green by Anna. '.repeat(
  5,
);

it.each([
  ['nothing', null, null],
  ['markup alone', '<p><br/></p>', null],
  ['plain words', 'Holds 0.8 l.', 'Holds 0.8 l.'],
  ['markup', '<p>Holds <b>0.8 l</b>.</p>\n<ul><li>Dishwasher</li></ul>', 'Holds 0.8 l. Dishwasher'],
  ['a script that never ends', 'Good.<script>alert(1)', 'Good.'],
  ['a mark that never ends', 'Good. <a href="x', 'Good.'],
])('%s', (_what, text, brief) => {
  expect(briefText(text)).toBe(brief);
});

it('keeps whole sentences, and whole words where a sentence is too long', () => {
  expect(briefText(LONG)).toBe(LONG.slice(0, 2 * 95 - 1));
  const endless = 'moss '.repeat(200);
  expect(briefText(endless)).toMatch(/^(moss )+moss…$/);
  expect(briefText(endless)?.length).toBeLessThanOrEqual(240);
});
