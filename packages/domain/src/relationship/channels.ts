/** Ways in which a customer and the vendor touch (S79). What a source calls otherwise is `other`. */
export const CHANNELS = [
  'chat',
  'community',
  'event',
  'mail',
  'on-site',
  'other',
  'phone',
  'product',
  'social',
  'support',
  'video',
  'web',
  'webinar',
] as const;
export type Channel = (typeof CHANNELS)[number];

const SYNONYMS: { readonly [name: string]: Channel } = {
  'business network': 'social',
  'e mail': 'mail',
  'face to face': 'on-site',
  'in person': 'on-site',
  'landing page': 'web',
  'live chat': 'chat',
  'on site': 'on-site',
  'social media': 'social',
  'text message': 'chat',
  'trade show': 'event',
  'video call': 'video',
  call: 'phone',
  conference: 'event',
  email: 'mail',
  facebook: 'social',
  fair: 'event',
  forum: 'community',
  instagram: 'social',
  letter: 'mail',
  linkedin: 'social',
  meet: 'video',
  newsletter: 'mail',
  onsite: 'on-site',
  search: 'web',
  site: 'web',
  slack: 'chat',
  sms: 'chat',
  teams: 'video',
  telephone: 'phone',
  tradeshow: 'event',
  twitter: 'social',
  visit: 'on-site',
  website: 'web',
  whatsapp: 'chat',
  workshop: 'on-site',
  zoom: 'video',
};

const NAMES: ReadonlyMap<string, Channel> = new Map<string, Channel>([
  ...CHANNELS.map((channel) => [channel, channel] as const),
  ...Object.entries(SYNONYMS),
]);

/**
 * The channel that a touch names, brought to the one list: so that mail, e-mail and Email are counted together, and the
 * free words of a source cannot fill a customer's document. Nothing named: `other`.
 */
export function channelOf(named: string | undefined): Channel {
  if (named === undefined) return 'other';
  const plain = named.trim().toLowerCase();
  return NAMES.get(plain) ?? NAMES.get(plain.replaceAll(/[\s_-]+/g, ' ')) ?? 'other';
}
