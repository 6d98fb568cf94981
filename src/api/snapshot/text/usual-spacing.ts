/** Owns one spelling for the arguments of a specialisation, whoever wrote them: `T *`, `T*` and `long int`, `long`. */

export function usualSpacing(text: string): string {
  return text
    .replaceAll(/\s+(?=[*&])/g, "")
    .replaceAll(/\s*,\s*/g, ", ")
    .replaceAll(/\b((?:unsigned |signed )?(?:long long|long|short)) int\b/g, "$1")
    .replaceAll(/\bunsigned(?! (?:int|long|short|char|__int128))\b/g, "unsigned int");
}
