import { expect, it } from 'vitest';
import { withCampaign, withQuery } from '../../emails/links.ts';

const ALL = 'utm_source=linger&utm_medium=email&utm_campaign=flow&utm_content=offer';

const CASES: [url: string, expected: string][] = [
  ['https://shop.example/', `https://shop.example/?${ALL}`],
  ['https://shop.example/?', `https://shop.example/?${ALL}`],
  ['https://shop.example/?a=1', `https://shop.example/?a=1&${ALL}`],
  ['https://shop.example/?a=1&', `https://shop.example/?a=1&${ALL}`],
  ['https://shop.example/#part', `https://shop.example/?${ALL}#part`],
  ['https://shop.example/#!/route?x=1', `https://shop.example/?${ALL}#!/route?x=1`],
  // Not a character of what was there changes.
  ['https://shop.example/?q=a%20b+c&empty&=x&%D1%8F', `https://shop.example/?q=a%20b+c&empty&=x&%D1%8F&${ALL}`],
  [
    'https://shop.example/?utm_source=',
    'https://shop.example/?utm_source=&utm_medium=email&utm_campaign=flow&utm_content=offer',
  ],
  [`https://shop.example/?${ALL}`, `https://shop.example/?${ALL}`],
];

it.each(CASES)('%s', (url, expected) => {
  expect(withCampaign(url, { campaign: 'flow', content: 'offer' })).toBe(expected);
});

it('encodes what a flow may be called', () => {
  const url = withCampaign('https://shop.example/', { campaign: 'a&b=c #d', content: 'я' });
  expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({ utm_campaign: 'a&b=c #d', utm_content: 'я' });
  expect(withQuery('https://shop.example/', [])).toBe('https://shop.example/');
});
