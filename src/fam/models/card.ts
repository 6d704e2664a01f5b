import { bool, type Json, list, requiredString, string } from "../../core/json/fields.js";
import { int64 } from "../../core/json/numbers.js";

/** A card, with only the data that may be shown. */
export interface FamCard {
  /** The card's id, for `billing.setPrimaryCard`. */
  readonly paymentMethodId: string;
  /** The card's network, as the payment provider calls it. */
  readonly brand: string;
  /** The last four digits. */
  readonly last4: string;
  /** The month in which it expires, from 1 to 12. */
  readonly expMonth: number;
  /** The year in which it expires, with all four digits. */
  readonly expYear: number;
  /** The name on the card. */
  readonly name: string;
  /** Whether this is the card that is charged. */
  readonly primary: boolean;
}

/** @internal */
export function toCard(json: Json): FamCard {
  return {
    paymentMethodId: requiredString(json, "paymentMethodId"),
    brand: string(json, "brand"),
    last4: string(json, "last4"),
    expMonth: int64(json, "expMonth"),
    expYear: int64(json, "expYear"),
    name: string(json, "name"),
    primary: bool(json, "primary"),
  };
}

/** @internal */
export function toCards(json: Json): FamCard[] {
  return list(json, "cards", toCard);
}
