/** ISO 4217 currencies whose minor unit is not a hundredth. */
const DIGITS: { readonly [currency: string]: number } = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/**
 * Minor units as people read them: `1,234.56 USD`. Made without locale data, so that a text of a published change is
 * the same on every machine.
 */
export function formatMinor(valueMinor: number, currency: string): string {
  const digits = DIGITS[currency] ?? 2;
  const text = String(Math.abs(valueMinor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const fraction = digits === 0 ? '' : `.${text.slice(text.length - digits)}`;
  return `${valueMinor < 0 ? '-' : ''}${whole}${fraction} ${currency}`;
}
