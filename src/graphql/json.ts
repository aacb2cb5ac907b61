import { Kind, type ValueNode } from 'graphql';

/** An object of somebody else's making on its way out: one with a key `then` would be taken for a promise by the engine. */
export class Json {
  constructor(readonly value: Readonly<Record<string, unknown>>) {}

  toJSON(): Readonly<Record<string, unknown>> {
    return this.value;
  }
}

/** What stands in the answer. */
export const serializeJson = (json: Json): unknown => ('then' in json.value ? json : json.value);

/** Why a literal does not stand for a JSON object, in words for whoever wrote it. */
export class InvalidLiteral extends Error {
  override readonly name = 'InvalidLiteral';
}

/**
 * The JSON that a literal stands for, where it would be stored as it is written.
 *
 * @throws {InvalidLiteral}
 */
export function jsonOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, jsonOf(value)]));
    case Kind.LIST:
      return node.values.map(jsonOf);
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.NULL:
      return null;
    case Kind.INT:
      if (!Number.isSafeInteger(Number(node.value)))
        throw new InvalidLiteral('Must hold integers of less than 2^53; send larger ones as text.');
      return Number(node.value);
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.ENUM:
      throw new InvalidLiteral('Must hold no bare words; write text in quotes.');
    case Kind.VARIABLE:
      throw new InvalidLiteral('Must hold no variables inside; send the whole object as one.');
  }
}
