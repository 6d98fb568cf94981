/**
 * Owns the table of libclang's functions that reading declarations needs (clang-c/Index.h). Handles pass as numbers, and
 * cursors as flat structures: both are far cheaper than objects of the binding. Only for a child process of its own.
 */
import koffi from "koffi";

/** CXCursor with its array of handles laid flat; `a` is the declaration (or the attribute, or the statement). */
export interface AstCursor {
  readonly kind: number;
  readonly xdata: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** CXType, laid flat; `a` is the qualified type. */
export interface AstType {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
}

const handle = "uintptr_t";

/** The functions by short names; those marked optional came with later releases. */
export function loadAstLibrary(path: string) {
  const library = koffi.load(path);
  const text = koffi.struct({ data: handle, flags: "uint" });
  const cursor = koffi.struct({ kind: "int", xdata: "int", a: handle, b: handle, c: handle });
  const type = koffi.struct({ kind: "int", a: handle, b: handle });
  const location = koffi.struct({ a: handle, b: handle, data: "uint" });
  const range = koffi.struct({ a: handle, b: handle, begin: "uint", end: "uint" });
  const unsaved = koffi.struct({ name: "const char *", contents: "const char *", length: "ulong" });
  const visitor = koffi.proto("AstVisitor", "int", [cursor, cursor, "void *"]);
  const fieldVisitor = koffi.proto("AstFieldVisitor", "int", [cursor, "void *"]);
  const four = [outs(handle), outs("uint"), outs("uint"), outs("uint")];
  type Shape = Parameters<typeof koffi.struct>[0][string] extends infer S ? Exclude<S, readonly unknown[]> : never;
  const of = (name: string, result: Shape, ...args: Shape[]) => library.func(`clang_${name}`, result, args);
  const maybe = (name: string, result: Shape, ...args: Shape[]) => {
    try {
      return of(name, result, ...args);
    } catch {
      return undefined;
    }
  };
  return {
    version: of("getClangVersion", text),
    chars: of("getCString", "const char *", text),
    disposeText: of("disposeString", "void", text),
    createIndex: of("createIndex", handle, "int", "int"),
    parse: of(
      "parseTranslationUnit2",
      "int",
      handle,
      "const char *",
      "const char **",
      "int",
      koffi.pointer(unsaved),
      "uint",
      "uint",
      outs(handle),
    ),
    reparse: of("reparseTranslationUnit", "int", handle, "uint", koffi.pointer(unsaved), "uint"),
    save: of("saveTranslationUnit", "int", handle, "const char *", "uint"),
    disposeUnit: of("disposeTranslationUnit", "void", handle),
    root: of("getTranslationUnitCursor", cursor, handle),
    visit: of("visitChildren", "uint", cursor, koffi.pointer(visitor), "void *"),
    targetInfo: of("getTranslationUnitTargetInfo", handle, handle),
    triple: of("TargetInfo_getTriple", text, handle),
    pointerWidth: of("TargetInfo_getPointerWidth", "int", handle),
    countDiagnostics: of("getNumDiagnostics", "uint", handle),
    diagnostic: of("getDiagnostic", handle, handle, "uint"),
    severity: of("getDiagnosticSeverity", "int", handle),
    diagnosticText: of("getDiagnosticSpelling", text, handle),
    diagnosticLocation: of("getDiagnosticLocation", location, handle),
    disposeDiagnostic: of("disposeDiagnostic", "void", handle),
    notes: of("getChildDiagnostics", handle, handle),
    countNotes: of("getNumDiagnosticsInSet", "uint", handle),
    note: of("getDiagnosticInSet", handle, handle, "uint"),

    spelling: of("getCursorSpelling", text, cursor),
    displayName: of("getCursorDisplayName", text, cursor),
    usr: of("getCursorUSR", text, cursor),
    mangled: of("Cursor_getMangling", text, cursor),
    policy: of("getCursorPrintingPolicy", handle, cursor),
    setPolicy: of("PrintingPolicy_setProperty", "void", handle, "int", "uint"),
    disposePolicy: of("PrintingPolicy_dispose", "void", handle),
    pretty: of("getCursorPrettyPrinted", text, cursor, handle),
    location: of("getCursorLocation", location, cursor),
    extent: of("getCursorExtent", range, cursor),
    rangeStart: of("getRangeStart", location, range),
    rangeEnd: of("getRangeEnd", location, range),
    expansion: of("getExpansionLocation", "void", location, ...four),
    filePlace: of("getFileLocation", "void", location, ...four),
    fileName: of("getFileName", text, handle),
    inSystemHeader: of("Location_isInSystemHeader", "int", location),

    semanticParent: of("getCursorSemanticParent", cursor, cursor),
    lexicalParent: of("getCursorLexicalParent", cursor, cursor),
    referenced: of("getCursorReferenced", cursor, cursor),
    definition: of("getCursorDefinition", cursor, cursor),
    isDefinition: of("isCursorDefinition", "uint", cursor),
    canonicalCursor: of("getCanonicalCursor", cursor, cursor),
    isAnonymous: of("Cursor_isAnonymous", "uint", cursor),
    isAnonymousRecord: of("Cursor_isAnonymousRecordDecl", "uint", cursor),
    isInlineNamespace: of("Cursor_isInlineNamespace", "uint", cursor),
    access: of("getCXXAccessSpecifier", "int", cursor),
    availability: of("getCursorAvailability", "int", cursor),
    storage: of("Cursor_getStorageClass", "int", cursor),
    linkage: of("getCursorLinkage", "int", cursor),
    templateKind: of("getTemplateCursorKind", "int", cursor),
    specialized: of("getSpecializedCursorTemplate", cursor, cursor),
    countTemplateArguments: of("Cursor_getNumTemplateArguments", "int", cursor),
    overloadCount: of("getNumOverloadedDecls", "uint", cursor),
    overload: of("getOverloadedDecl", cursor, cursor, "uint"),

    isVirtualBase: of("isVirtualBase", "uint", cursor),
    isAbstract: of("CXXRecord_isAbstract", "uint", cursor),
    isStatic: of("CXXMethod_isStatic", "uint", cursor),
    isVirtual: of("CXXMethod_isVirtual", "uint", cursor),
    isPure: of("CXXMethod_isPureVirtual", "uint", cursor),
    isConst: of("CXXMethod_isConst", "uint", cursor),
    isDefaulted: of("CXXMethod_isDefaulted", "uint", cursor),
    isMutable: of("CXXField_isMutable", "uint", cursor),
    isScoped: of("EnumDecl_isScoped", "uint", cursor),
    isInlined: of("Cursor_isFunctionInlined", "uint", cursor),
    isVariadic: of("Cursor_isVariadic", "uint", cursor),
    isBitField: of("Cursor_isBitField", "uint", cursor),
    bitWidth: of("getFieldDeclBitWidth", "int", cursor),
    fieldOffset: of("Cursor_getOffsetOfField", "longlong", cursor),
    enumType: of("getEnumDeclIntegerType", type, cursor),
    enumValue: of("getEnumConstantDeclValue", "longlong", cursor),
    enumUnsigned: of("getEnumConstantDeclUnsignedValue", "ulonglong", cursor),
    isMacroFunction: of("Cursor_isMacroFunctionLike", "uint", cursor),
    includedFile: of("getIncludedFile", handle, cursor),
    isMacroBuiltin: of("Cursor_isMacroBuiltin", "uint", cursor),
    countArguments: of("Cursor_getNumArguments", "int", cursor),
    argument: of("Cursor_getArgument", cursor, cursor, "uint"),

    type: of("getCursorType", type, cursor),
    resultOfCursor: of("getCursorResultType", type, cursor),
    typedefTarget: of("getTypedefDeclUnderlyingType", type, cursor),
    typeSpelling: of("getTypeSpelling", text, type),
    canonical: of("getCanonicalType", type, type),
    isConstQualified: of("isConstQualifiedType", "uint", type),
    isVolatileQualified: of("isVolatileQualifiedType", "uint", type),
    typeDeclaration: of("getTypeDeclaration", cursor, type),
    pointee: of("getPointeeType", type, type),
    namedType: of("Type_getNamedType", type, type),
    modifiedType: maybe("Type_getModifiedType", type, type),
    element: of("getArrayElementType", type, type),
    arraySize: of("getArraySize", "longlong", type),
    elementOfVector: of("getElementType", type, type),
    result: of("getResultType", type, type),
    countParameters: of("getNumArgTypes", "int", type),
    parameter: of("getArgType", type, type, "uint"),
    isFunctionVariadic: of("isFunctionTypeVariadic", "uint", type),
    exceptions: of("getExceptionSpecificationType", "int", type),
    refQualifier: of("Type_getCXXRefQualifier", "int", type),
    classType: of("Type_getClassType", type, type),
    countTypeArguments: of("Type_getNumTemplateArguments", "int", type),
    typeArgument: of("Type_getTemplateArgumentAsType", type, type, "uint"),
    size: of("Type_getSizeOf", "longlong", type),
    align: of("Type_getAlignOf", "longlong", type),
    offsetOf: of("Type_getOffsetOf", "longlong", type, "const char *"),
    isPod: of("isPODType", "uint", type),
    visitFields: of("Type_visitFields", "uint", type, koffi.pointer(fieldVisitor), "void *"),

    evaluate: of("Cursor_Evaluate", handle, cursor),
    evaluatedKind: of("EvalResult_getKind", "int", handle),
    evaluatedLong: of("EvalResult_getAsLongLong", "longlong", handle),
    isEvaluatedUnsigned: of("EvalResult_isUnsignedInt", "uint", handle),
    evaluatedUnsigned: of("EvalResult_getAsUnsigned", "ulonglong", handle),
    evaluatedDouble: of("EvalResult_getAsDouble", "double", handle),
    evaluatedText: of("EvalResult_getAsStr", "const char *", handle),
    disposeEvaluation: of("EvalResult_dispose", "void", handle),
  };
}

export type AstLibrary = ReturnType<typeof loadAstLibrary>;

/** A value that a function sets through a pointer. */
function outs(kind: string) {
  return koffi.out(koffi.pointer(kind));
}
