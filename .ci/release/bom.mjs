// Reads a bill of materials on standard input and exits 1 with what CycloneDX's
// own schema, in its strict form, finds wrong with it.
import { readFileSync } from "node:fs";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

const text = readFileSync(0, "utf8");
const wrong = await new Validation.JsonStrictValidator(JSON.parse(text).specVersion).validate(text);
if (wrong !== null) {
  console.error(JSON.stringify(wrong, null, 1).slice(0, 4000));
  process.exit(1);
}
