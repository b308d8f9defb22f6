/** Plausible's tracker, set up as its manual says, its events going to where it came from. */

import { init } from '@plausible-analytics/tracker';

init({
  domain: 'shop.localhost',
  endpoint: new URL('/api/event', document.currentScript.src).href,
  captureOnLocalhost: true,
});
