/** Who opens letters and their links without a person: scanners, previews, prefetching browsers. */

/** By what they call themselves. A mail program's picture proxy is none of them: it fetches when somebody looks. */
const MACHINES =
  /bot\b|crawl|spider|scan(?!dinavia)|preview|prefetch|headless|phantomjs|puppeteer|playwright|selenium|curl\/|wget|python|java\/|okhttp|go-http|node-fetch|axios|undici|libwww|httpclient|apache-http|guzzle|ruby|perl|postman|barracuda|proofpoint|mimecast|symantec|messagelabs|forcepoint|trendmicro|sophos|fireeye|zscaler|cloudmark|ironport|safelinks|urldefense|virustotal|existence discovery|skypeuripreview|whatsapp|telegrambot|slack|facebookexternalhit|bitlybot|validator|monitor/i;

/** People's programs say what they are. */
export const isMachineAgent = (agent: string | null): boolean => !agent?.trim() || MACHINES.test(agent);

/** HEAD, prefetching, and what calls itself a machine. */
export function isMachineCall({ method, headers }: Request): boolean {
  const purpose = `${headers.get('sec-purpose') ?? ''} ${headers.get('purpose') ?? ''} ${headers.get('x-moz') ?? ''} ${headers.get('x-purpose') ?? ''}`;
  return method === 'HEAD' || /prefetch|prerender|preview/i.test(purpose) || isMachineAgent(headers.get('user-agent'));
}
