/** Finds links that lead to no web page, address or telephone: a letter would show their words and lead nowhere. */

import type { OwnWords } from '../../core/letters/own-letter.ts';
import { MOST_COMPLAINTS, worded } from '../liquid/complaint.ts';
import { placeAt } from '../liquid/engine.ts';
import { cleanLink } from './allowed.ts';
import type { OwnComplaint } from './compile.ts';

const LINK = /<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const MESSAGE = 'a link must lead to a web page (https://…), an address (mailto:…) or a telephone (tel:…)';

/** Only what is written out: where a variable leads is known when a letter is written. */
export function deadLinks({ blocks = [], html }: OwnWords): OwnComplaint[] {
  const markup = blocks.map((block, index) => ({
    path: `blocks.${index}.html`,
    source: typeof block === 'object' && 'html' in block ? block.html : '',
  }));
  return [...markup, { path: 'html', source: html ?? '' }].flatMap(({ path, source }) =>
    [...source.matchAll(LINK)]
      .filter(([, double, single]) => leadsNowhere(double ?? single ?? ''))
      .slice(0, MOST_COMPLAINTS)
      .map(({ index }) => ({ path, message: worded({ message: MESSAGE, ...placeAt(source, index) }) })),
  );
}

/** A host behind a user or written with escapes is another than it looks. */
const DISGUISED = /^\s*https?:\/\/[^/?#]*[@%\\]/i;

const leadsNowhere = (href: string): boolean =>
  href.trim() !== '' && !/\{[{%]/.test(href) && (DISGUISED.test(href) || cleanLink(href) === null);
