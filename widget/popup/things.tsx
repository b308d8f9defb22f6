/** The items of an offer, each with its price before and after. */

import type { Item } from '../../core/catalogue/item.ts';
import { thingsOf, type View } from './view.ts';

export const Things = ({ view }: { view: View }) => (
  <ul class="things">
    {thingsOf(view).map((item) => {
      const image = loadable(view, item.image);
      return (
        <li key={item.id}>
          {image && <Picture view={view} image={image} look="picture" />}
          <div>
            <p class="name">
              <bdi>{item.title}</bdi>
            </p>
            <Price view={view} item={item} />
          </div>
        </li>
      );
    })}
  </ul>
);

interface PictureProps {
  view: View;
  image: string;
  look: 'picture' | 'logo';
  alt?: string;
}

export const Picture = ({ view, image, look, alt = '' }: PictureProps) => (
  <img
    class={look}
    src={image}
    alt={alt}
    referrerpolicy="no-referrer"
    decoding="async"
    onError={() => view.act.lose(image)}
  />
);

/** The picture's address: only what a browser would fetch over http(s), and what it could show. */
export const loadable = (view: View, image: string | null | undefined): string | null =>
  image && /^https?:\/\//i.test(image) && !view.broken.has(image) ? image : null;

export const Price = ({ view, item }: { view: View; item: Item }) => {
  const { say, money } = view.words;
  const { price, currency } = item;
  if (price === null || currency === null || view.options.waitFor) return null;
  const reduced = view.options.reduced(item);
  if (reduced === null) return <p class="price">{money(price, currency)}</p>;
  return (
    <p class="price">
      <span class="aside">{say('oldPrice')} </span>
      <s>{money(price, currency)}</s> <span class="aside">{say('newPrice')} </span>
      <strong>{money(reduced, currency)}</strong>
    </p>
  );
};
