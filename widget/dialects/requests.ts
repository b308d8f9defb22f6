/** A shop whose platform doesn't tell its cart: which of the page's own requests put something into it. Fetched once there is a product to put in. */

import { onRequest } from '../collect/requests.ts';
import type { Dialect } from './dialect.ts';

const ADDING = /(cart|basket|korzina)[/_.-]?(items?[/_-])?add|add[_-]?2?(to)?[_-]?(cart|basket)/i;

export const dialect: Dialect = {
  read: () => ({}),
  watch: ({ added }) => onRequest(ADDING, added),
};
