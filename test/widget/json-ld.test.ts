import { expect, test } from 'vitest';
import { mainProduct } from '../../widget/collect/json-ld.ts';
import { JSON_LD_CASES } from '../cases/widget-json-ld.ts';

const PAGE = 'https://shop.example/p/1';

test.each(JSON_LD_CASES)('%s', (_name, blocks, expected) => {
  const texts = blocks.map((block) => (typeof block === 'string' ? block : JSON.stringify(block)));
  const product = mainProduct(texts, PAGE, [PAGE]);
  if (expected === null) expect(product).toBe(null);
  else expect(product).toMatchObject(expected);
});
