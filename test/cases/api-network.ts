/** Requests as proxies and devices make them, and what is read from them. */

/** `[address, range]` */
export const RANGES: [address: string, range: string | null][] = [
  ['203.0.113.7', '203.0.113.0/24'],
  ['0.0.0.0', '0.0.0.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['::ffff:203.0.113.7', '203.0.113.0/24'],
  ['::FFFF:203.0.113.7', '203.0.113.0/24'],
  ['::ffff:cb00:7107', '203.0.113.0/24'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:1:2ff:a:b:c:d', '2001:db8:1:200::/56'],
  ['2001:DB8:1:2FF::', '2001:db8:1:200::/56'],
  ['2001:0db8:0001:02ff::1', '2001:db8:1:200::/56'],
  ['2001:db8::1', '2001:db8:0:0::/56'],
  ['2001:db8:1:ff::1', '2001:db8:1:0::/56'],
  ['2001:db8:1:1ab::1', '2001:db8:1:100::/56'],
  ['::1', '0:0:0:0::/56'],
  ['::', '0:0:0:0::/56'],
  ['fe80::1%eth0', 'fe80:0:0:0::/56'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/56'],
  ['', null],
  ['unknown', null],
  ['_hidden', null],
  ['203.0.113', null],
  ['203.0.113.256', null],
  ['203.0.113.7.9', null],
  ['::ffff:203.0.113.256', null],
  ['1:2:3', null],
  ['1:2:3:4:5:6:7:8:9', null],
  ['1::2::3', null],
  ['1:2:3:4:5:6:7::8:9', null],
  ['g::1', null],
  ['12345::1', null],
  ["'; drop table visit; --", null],
];

/** `[X-Forwarded-For, how many proxies are ours, address]`; the peer is 192.0.2.1. */
export const CHAINS: [header: string | null, proxies: number, address: string][] = [
  ['203.0.113.7', 0, '192.0.2.1'],
  [null, 1, '192.0.2.1'],
  ['', 1, '192.0.2.1'],
  ['203.0.113.7', 1, '203.0.113.7'],
  ['198.51.100.9, 203.0.113.7', 1, '203.0.113.7'],
  ['198.51.100.9,203.0.113.7, 10.0.0.1', 2, '203.0.113.7'],
  ['203.0.113.7', 2, '192.0.2.1'],
  ['made up, 203.0.113.7', 2, '192.0.2.1'],
  ['203.0.113.7:5123', 1, '203.0.113.7'],
  ['[2001:db8::1]:443', 1, '2001:db8::1'],
  ['2001:db8::1', 1, '2001:db8::1'],
  ['203.0.113.7, unknown', 1, '192.0.2.1'],
];

/** `[headers, proxies, country]` */
export const COUNTRIES: [headers: Record<string, string>, proxies: number, country: string | null][] = [
  [{ 'cf-ipcountry': 'DE' }, 1, 'DE'],
  [{ 'x-country': 'RU' }, 1, 'RU'],
  [{ 'cf-ipcountry': 'DE' }, 0, null],
  [{ 'cf-ipcountry': 'T1' }, 1, null],
  [{ 'cf-ipcountry': 'XX' }, 1, null],
  [{ 'cf-ipcountry': 'de' }, 1, null],
  [{ 'cf-ipcountry': 'Germany' }, 1, null],
  [{}, 1, null],
];

/** `[Accept-Language, language]` */
export const LANGUAGES: [header: string | null, language: string | null][] = [
  ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['EN', 'en'],
  ['  de', 'de'],
  ['*', null],
  ['', null],
  [null, null],
  ['-', null],
  ['haw', null],
];

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0';
/** `[User-Agent, device]` */
export const DEVICES: [agent: string, device: string | null][] = [
  ['', null],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, 'desktop'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`, 'desktop'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`, 'mobile'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Safari/537.36`, 'tablet'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'mobile',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
    'tablet',
  ],
  [`Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) ${CHROME} TV Safari/537.36`, 'tv'],
  ['Mozilla/5.0 (PlayStation 5/SmartTV) AppleWebKit/605.1.15 (KHTML, like Gecko)', 'console'],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'bot'],
  [
    `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) ${CHROME} Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
    'bot',
  ],
  [`Mozilla/5.0 (Linux; Android 13; RG353M) ${CHROME} Mobile Safari/537.36`, 'console'],
  [`Mozilla/5.0 (Linux; Android 11; AYN Loki) ${CHROME} Safari/537.36`, 'console'],
  [`Mozilla/5.0 (Linux; Android 12; Switch) ${CHROME} Safari/537.36`, 'console'],
  [`Mozilla/5.0 (Linux; Android 8.1.0; LEMFO LEM12) ${CHROME} Mobile Safari/537.36`, 'wearable'],
  [`Mozilla/5.0 (Linux; Android 9; TX6 mini) ${CHROME} Safari/537.36`, 'tv'],
  [`Mozilla/5.0 (Linux; Android 10; MECOOL KM2) ${CHROME} Safari/537.36`, 'tv'],
  [`Mozilla/5.0 (Linux; Android 9; TV BOX) ${CHROME} Mobile Safari/537.36`, 'tv'],
  [`Mozilla/5.0 (Linux; Android 7.0; 43UH750) ${CHROME} Safari/537.36`, 'tv'],
  [`Mozilla/5.0 (Linux; Android 9; ThinkPad T430) ${CHROME} Safari/537.36`, 'desktop'],
  [`Mozilla/5.0 (Linux; Android 9; Latitude E6430) ${CHROME} Safari/537.36`, 'desktop'],
  [`Mozilla/5.0 (Linux; Android 11; Lenovo TAB M8) ${CHROME} Mobile Safari/537.36`, 'tablet'],
  [`Mozilla/5.0 (Linux; Android 13; 22101316G) ${CHROME} Mobile Safari/537.36`, 'mobile'],
  [`Mozilla/5.0 (Linux; Android 14; Pixel 8 Pro) ${CHROME} Mobile Safari/537.36`, 'mobile'],
  [`Mozilla/5.0 (Linux; Android 12; moto g(30)) ${CHROME} Mobile Safari/537.36`, 'mobile'],
  [`Mozilla/5.0 (Linux; Android 10; 5033D) ${CHROME} Mobile Safari/537.36`, 'mobile'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; osmeta 10.3) AppleWebKit/602.1.1 Version/9.0 Safari/602.1.1 [FBDV/WindowsDevice]',
    'desktop',
  ],
  [
    'Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 Mobile Safari/537.36 Edge/15',
    'mobile',
  ],
  [`Mozilla/5.0 Linux; Android 5.1; VIA_L8 ${CHROME} Safari/537.36`, 'tablet'],
  ['Dalvik/2.1.0 (Linux; U; Android 7.0; 5026J Build/NRD90M)', 'mobile'],
  ['Mozilla/5.0 (Linux; U; Android 2.3.6; pl-pl; GT-N7000 Build/GINGERBREAD) Version/4.0 Safari/533.1', 'mobile'],
  [`Mozilla/5.0 (Linux; Android 15; Pixel Fold) ${CHROME} Safari/537.36`, 'mobile'],
  [`Mozilla/5.0 (Linux; Android 14; Pixel Tablet) ${CHROME} Safari/537.36`, 'tablet'],
  [`Mozilla/5.0 (Linux; arm_64; Android 13; M50HD) ${CHROME} YaSearchApp/24.20/apad Mobile Safari/537.36`, 'tablet'],
  ['Mozilla/5.0 (Linux; Tizen 2.2.1.3; SAMSUNG SM-R750A) Version/2.2.1.3 Mobile Safari/538.1', 'wearable'],
  ['Aplix_SEGASATURN_browser/2.0 (Japanese)', 'console'],
  ['Mozilla/4.0 (compatible; MSIE 5.23; Macintosh; PPC) Escape 5.1.8', 'tv'],
  ['XBMC/9.04 (Windows; Windows XP Professional; http://www.xbmc.org)', 'desktop'],
  [`Mozilla/5.0 (X11; Linux x86_64) Miniature.io/6.0 ${CHROME} Safari/537.36`, 'bot'],
  ['Nokia6300/2.0 (05.00) Profile/MIDP-2.0 Configuration/CLDC-1.1', 'mobile'],
  ['curl/8.5.0', 'bot'],
];
