import { campaign } from "./campaign.ts";
import { PROPERTIES } from "./properties/index.ts";
import { Target } from "./target.ts";

/** A few inputs each: `npm run fuzz` tries many. */
const INPUTS = 150;

const seed = Date.now() & 0x7fffffff;

describe(`a server under fuzz (seed ${seed})`, () => {
  let target: Target | undefined;

  after(() => target?.stop());

  for (const property of PROPERTIES) {
    it(`withstands ${property.name}`, async () => {
      if (!target?.isAlive) target = await Target.start();
      const { failure } = await campaign(property, { target, seed, inputs: INPUTS });
      if (failure !== undefined) throw new Error(failure);
    });
  }
});
