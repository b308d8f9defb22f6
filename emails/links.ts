/** What links in letters tell the shop's analytics of where a reader came from. */

/** `utm_source` of every link. */
export const OUR_SOURCE = 'linger';

export interface Campaign {
  /** The flow, and the letter in it. */
  campaign: string;
  content: string;
}

/** The url with `utm_…` parameters. Those that it has of its own stay as they are, and so does every other character of it. */
export function withCampaign(url: string, { campaign, content }: Campaign): string {
  const { searchParams } = new URL(url);
  const missing = Object.entries({
    utm_source: OUR_SOURCE,
    utm_medium: 'email',
    utm_campaign: campaign,
    utm_content: content,
  }).filter(([name]) => !searchParams.has(name));
  return withQuery(url, missing);
}

/** The url with these parameters added. */
export function withQuery(url: string, added: readonly (readonly [name: string, value: string])[]): string {
  if (added.length === 0) return url;
  const [, base = '', hash = ''] = /^([^#]*)(.*)$/s.exec(url) ?? [];
  const query = added.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${base}${joint(base)}${query}${hash}`;
}

function joint(base: string): string {
  if (!base.includes('?')) return '?';
  return /[?&]$/.test(base) ? '' : '&';
}
