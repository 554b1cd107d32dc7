// Reads an OpenAPI 3.1 document: follows its references and tells its routes and types in words.

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];

/** How deep an example is made up before it is cut off; schemas may contain themselves. */
const EXAMPLE_DEPTH = 8;

export class Contract {
  constructor(document) {
    this.document = document;
  }

  /** The object itself, or what its $ref names. */
  resolve(object) {
    let found = object;
    for (let hops = 0; found?.$ref?.startsWith("#/") && hops < 20; hops++) {
      found = found.$ref.slice(2).split("/").reduce((at, key) => at?.[decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~")], this.document);
    }
    return found ?? {};
  }

  /** Every operation in the document's order, with what its path says for all of its methods. */
  routes() {
    return Object.entries(this.document.paths ?? {}).flatMap(([path, item]) => {
      const { parameters: shared = [], ...rest } = this.resolve(item);
      return METHODS.filter((method) => rest[method]).map((method) => {
        const operation = rest[method];
        const own = (operation.parameters ?? []).map((parameter) => this.resolve(parameter));
        const inherited = shared.map((parameter) => this.resolve(parameter))
          .filter((parameter) => !own.some((one) => one.name === parameter.name && one.in === parameter.in));
        return { ...operation, path, method, id: idOf(`${method}-${path}`), parameters: [...inherited, ...own],
          tag: operation.tags?.[0] ?? "" };
      });
    });
  }

  /** A schema's type as `{ text, schema }`, where schema is the name of the one to link to, if there is one. */
  type(schema) {
    if (schema?.$ref) {
      const name = schema.$ref.split("/").at(-1);
      return { text: name, schema: name };
    }
    const choices = schema?.oneOf ?? schema?.anyOf ?? schema?.allOf;
    if (choices?.length === 1) {
      return this.type(choices[0]);
    }
    if (choices) {
      return { text: choices.map((one) => this.type(one).text).join(schema.allOf ? " and " : " or ") };
    }
    if (schema?.items) {
      const of = this.type(schema.items);
      return { text: `list of ${of.text}`, schema: of.schema };
    }
    const text = [schema?.type ?? (schema?.properties ? "object" : schema?.const !== undefined ? "constant" : "any")].flat().join(" or ");
    return { text: schema?.format ? `${text}, ${schema.format}` : text };
  }

  /** What limits a value: "1 to 200 characters", "-90 to 90", "default en", "one of a, b". */
  limits(schema = {}) {
    const between = (low, high, what) => low === undefined && high === undefined ? null
      : low === undefined ? `at most ${high}${what}` : high === undefined ? `at least ${low}${what}` : `${low} to ${high}${what}`;
    return [between(schema.minLength, schema.maxLength, " characters"), between(schema.minimum, schema.maximum, ""),
      between(schema.minItems, schema.maxItems, " items"), schema.pattern && `like ${schema.pattern}`,
      schema.default !== undefined && `default ${schema.default}`, schema.const !== undefined && `always ${schema.const}`,
      schema.enum && `one of ${schema.enum.join(", ")}`].filter(Boolean).join("; ");
  }

  /** The example that the document gives for a body, else one made from the schema's own examples and defaults. */
  example(media = {}) {
    const given = media.example ?? Object.values(media.examples ?? {}).map((one) => this.resolve(one).value)[0];
    return given ?? this.exampleOf(media.schema, 0);
  }

  exampleOf(reference, depth) {
    const schema = this.resolve(reference);
    const given = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.at(-1);
    if (given !== undefined || depth > EXAMPLE_DEPTH) {
      return given;
    }
    if (schema.allOf) {
      return Object.assign({}, ...schema.allOf.map((one) => this.exampleOf(one, depth + 1)));
    }
    const choice = (schema.oneOf ?? schema.anyOf)?.[0];
    if (choice) {
      return this.exampleOf(choice, depth + 1);
    }
    if (schema.items) {
      return [this.exampleOf(schema.items, depth + 1)].filter((one) => one !== undefined);
    }
    if (schema.properties) {
      return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, this.exampleOf(one, depth + 1)])
        .filter(([, value]) => value !== undefined));
    }
    return { string: "…", number: 0, integer: 0, boolean: false }[[schema.type].flat()[0]];
  }
}

/** A fragment for the address bar. */
export function idOf(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
