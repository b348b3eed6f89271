import { Refusal } from './refusal.js';

/** An amount: an integer in the currency's minor unit (ISO 4217 exponent) and its code. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const exponents: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
  ...(
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
    'CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
    'MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS ' +
    'SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG'
  )
    .split(' ')
    .map((code) => [code, 2]),
]);

/** Digits after the point in the currency's minor unit (ISO 4217), or undefined for a code that is no currency. */
export function exponentOf(currency: string): number | undefined {
  return Object.hasOwn(exponents, currency) ? exponents[currency] : undefined;
}

/** numerator ÷ denominator, rounded half away from zero, exactly; the denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const twice = 2n * (numerator < 0n ? -numerator : numerator) + denominator;
  const size = twice / (2n * denominator);
  return numerator < 0n ? -size : size;
}

/** A positive decimal string (`0.0123`, at most 12 digits) as an exact fraction. */
export function fraction(decimal: string): { readonly over: bigint; readonly under: bigint } {
  const [whole = '0', part = ''] = decimal.split('.');
  return { over: BigInt(whole + part), under: 10n ** BigInt(part.length) };
}

/** Amount × rate (target units for one unit of the source), rounded once, half away from zero. */
export function convert(amount: Money, rate: string, to: string, inverse = false): Money {
  const { over, under } = fraction(rate);
  const [up, down] = inverse ? [under, over] : [over, under];
  const scaleUp = 10n ** BigInt(exponentOf(to) ?? 2);
  const scaleDown = 10n ** BigInt(exponentOf(amount.currency) ?? 2);
  const minor = Number(divideRounded(BigInt(amount.minor) * up * scaleUp, down * scaleDown));
  if (!Number.isSafeInteger(minor))
    throw new Refusal('money/currency-differs', `${amount.minor} ${amount.currency} is too large to convert to ${to}`);
  return { minor, currency: to };
}

/** Minutes × capacity cost ÷ practical minutes in minor units: multiplied first, rounded once, half away from zero (TDABC). */
export function costOfMinutes(minutes: number, capacityCostMinor: number, practicalMinutes: number): number {
  const scaled = BigInt(Math.round(minutes * 1e6)) * BigInt(capacityCostMinor);
  return Number(divideRounded(scaled, BigInt(Math.round(practicalMinutes * 1e6))));
}

/** Adds decimals of at most six places as integers × 10⁶, so that 0.2 + 0.4 + 0.3 + 0.1 is 1. */
export function sumDecimals(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.round(value * 1e6), 0) / 1e6;
}
