/** The platform that a shop has connected, ready to be asked. */

import { CODE_PLATFORMS, type CodePlatform } from '../../core/codes/code-plan.ts';
import type { IntegrationRow } from '../../db/integrations.ts';
import type { CodePlatformClient } from './platform.ts';
import { shopifyCodes } from './shopify.ts';
import { wooCommerceCodes } from './woocommerce.ts';

/** Null when a key that it takes is missing. */
export function connectPlatform(row: IntegrationRow | undefined, transport: typeof fetch): CodePlatformClient | null {
  if (!row) return null;
  const { shop, token, url, key, secret } = row.keys;
  switch (row.platform) {
    case 'shopify':
      return shop && token ? shopifyCodes({ shop, token }, transport) : null;
    case 'woocommerce':
      return url && key && secret ? wooCommerceCodes({ url, key, secret }, transport) : null;
    case 'postmark':
    case 'smtp':
      return null;
  }
}

/** The one that a rule names, or else the one whose keys are there. */
export const platformFor = (wanted: CodePlatform | undefined, rows: readonly IntegrationRow[]): CodePlatform =>
  wanted ?? CODE_PLATFORMS.find((platform) => connectPlatform(rowOf(rows, platform), fetch) !== null) ?? 'shopify';

const rowOf = (rows: readonly IntegrationRow[], platform: CodePlatform): IntegrationRow | undefined =>
  rows.find((row) => row.platform === platform);
