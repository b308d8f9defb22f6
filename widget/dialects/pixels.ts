/** What a page tells Meta's pixel. A view counts only where it names a title: ids alone say too little. */

import { isRaw, listOf } from '../collect/reading.ts';
import { byPath } from './by-path.ts';
import type { Dialect, Host } from './dialect.ts';

/** Stands before somebody's function: its answer, its `this` and its own properties stay. */
function overhear(owner: object, name: string, listen: (values: unknown[]) => void): void {
  const own = Reflect.get(owner, name);
  if (typeof own !== 'function') return;
  const heard = new Proxy(own, {
    apply(target, self, values) {
      try {
        listen(values);
      } catch {
        // What can't be read is nobody's trouble but ours.
      }
      return Reflect.apply(target, self, values);
    },
  });
  Reflect.set(owner, name, heard);
}

function meta({ tell }: Host, values: readonly unknown[]): void {
  const [method, name, fields] = values;
  if (method !== 'track' || name !== 'ViewContent' || !isRaw(fields)) return;
  const ids = listOf(fields.content_ids);
  const [content] = listOf(fields.contents).filter(isRaw);
  if (ids.length > 1 || !fields.content_name) return;
  tell({
    product: {
      id: ids[0] ?? content?.id,
      title: fields.content_name,
      price: content?.item_price ?? fields.value,
      currency: fields.currency,
    },
  });
}

export const dialect: Dialect = {
  read: () => ({}),
  watch(host) {
    for (const call of listOf(byPath(window, 'fbq', 'queue'))) meta(host, Array.from(call as ArrayLike<unknown>));
    overhear(window, 'fbq', (values) => meta(host, values));
  },
};
