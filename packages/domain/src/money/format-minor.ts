import { minorDigits } from '@bellwether/events';

/**
 * Minor units as people read them: `1,234.56 USD`. Made without locale data, so that a text of a published change is
 * the same on every machine.
 */
export function formatMinor(valueMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(valueMinor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const fraction = digits === 0 ? '' : `.${text.slice(text.length - digits)}`;
  return `${valueMinor < 0 ? '-' : ''}${whole}${fraction} ${currency}`;
}
