/** Every real input through the path that it takes in the product. */

import { buildWidget } from '../../widget/build.ts';
import { conformFeeds } from './feeds.ts';
import { conformMail } from './mail.ts';
import { conformOrders } from './orders.ts';
import { conformPages } from './pages.ts';
import { conformAgents, conformAliases, conformDomains } from './people.ts';
import { conformPixel } from './pixel.ts';
import { conformPushes } from './pushes.ts';
import { samplesOf, type Verdict } from './sample.ts';

export async function conform(root: string): Promise<Verdict[]> {
  await buildWidget({ quiet: true });
  return [
    ...(await conformPages(samplesOf(root, 'html'))),
    ...(await conformPushes(samplesOf(root, 'datalayer'))),
    ...(await conformPixel(samplesOf(root, 'shopify-webpixel'))),
    ...(await conformOrders('shopify-order', samplesOf(root, 'shopify-order'))),
    ...(await conformOrders('woo-order', samplesOf(root, 'woo-order'))),
    ...(await conformMail(samplesOf(root, 'postmark'))),
    ...(await conformFeeds(root, [...samplesOf(root, 'yml'), ...samplesOf(root, 'google-feed')] as never)),
    ...conformAgents(root),
    ...conformAliases(root),
    ...conformDomains(samplesOf(root, 'disposable')),
  ];
}
