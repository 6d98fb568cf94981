/** Owns which pointers to a value may be arrays: the number of elements is the parameter beside them. */
import type { ApiParameter, ApiType } from "../../model/api-snapshot.js";

const COUNT =
  /^(?:n|nb|num|cnt|len|count|size|length)$|(?:^|_)(?:n|nb|num|cnt|len|count|size|length)(?:$|_)|(?:Count|Size|Length|Num|Len)$|^(?:num|n)[A-Z]/;
const WHOLE =
  /^(?:unsigned |signed )?(?:char|short|int|long|long long)$|^(?:std::)?(?:s?size_t|ptrdiff_t|u?int(?:8|16|32|64)_t)$|^unsigned$/;

/** Only the first element of one would be converted. */
export function isCountedBy(parameters: readonly ApiParameter[], index: number): ApiParameter | undefined {
  return [parameters[index + 1], parameters[index - 1]].find(
    (beside) =>
      beside !== undefined && isWhole(beside.type) && (COUNT.test(beside.name) || (beside.name === "" && beside !== parameters[index - 1])),
  );
}

function isWhole(type: ApiType): boolean {
  if (type.kind === "alias") return WHOLE.test(type.name) || isWhole(type.target);
  return type.kind === "builtin" && WHOLE.test(type.name);
}
