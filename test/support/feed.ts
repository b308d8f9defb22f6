/** A feed of things with numbers for names, as YML. */

import { ymlOf } from '../cases/feed-offers.ts';

export interface FedThing {
  id: string;
  price?: number;
  available?: boolean;
  stock?: number;
  group?: string;
  title?: string;
}

const offer = ({ id, price = 10, available = true, stock, group, title = `Thing ${id}` }: FedThing): string =>
  `<offer id="${id}" available="${available}"${group ? ` group_id="${group}"` : ''}><name>${title}</name><url>https://shop.example/p/${id}</url><price>${price}</price>${stock === undefined ? '' : `<count>${stock}</count>`}<categoryId>3</categoryId></offer>`;

/** In the category Kitchen / Tea / Pots. */
export const feedOf = (...things: FedThing[]): string => ymlOf(things.map(offer).join('\n'));
