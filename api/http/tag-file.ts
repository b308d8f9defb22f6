/** The tag's own file with a shop's config in it, which saves its pages a request and a wait. */

import { publishConfig } from '../actions/visits/publish-config.ts';
import type { Deps } from '../deps.ts';
import type { Network } from '../network.ts';
import type { WidgetFile } from './widget-answer.ts';

/** The build ends the file with a call that takes the config, or nothing. */
const CALL = /\(\)\s*$/;
/** As long as pages keep the config that they ask for themselves. */
const A_MINUTE = 'public, max-age=60';

interface Asked {
  deps: Deps;
  request: Request;
  network: Network;
}

/** The file as it is where no shop is named, nobody has that key, or it is asked for too often: then the page asks for the config itself. */
export async function tagFile({ deps, request, network }: Asked, file: WidgetFile): Promise<WidgetFile> {
  const shop = new URL(request.url).searchParams.get('shop');
  if (!shop) return file;
  const plain = { ...file, caching: A_MINUTE };
  const code = new TextDecoder().decode(file.bytes);
  if (!CALL.test(code) || !(await deps.limiter.admits({ shop, visitor: null, network }))) return plain;
  const config = await publishConfig(deps, shop);
  if (!config) return plain;
  const bytes = new TextEncoder().encode(code.replace(CALL, () => `(${JSON.stringify(config)})`));
  const packed = await file.pack?.(bytes);
  return { bytes, caching: A_MINUTE, ...(packed ? { packed } : {}) };
}
