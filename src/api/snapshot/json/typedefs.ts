/** Owns typedefs and alias templates of a dump. */
import type { ApiTypedef } from "../../../model/api-snapshot.js";
import { templateParametersOf, withParameters } from "./members.js";
import type { AstNode } from "./nodes.js";
import { childrenOf, type JsonReader, type JsonScope, scopedOf } from "./reader.js";

export function typedefOf(reader: JsonReader, node: AstNode, scope: JsonScope): ApiTypedef {
  return {
    kind: "typedef",
    ...scopedOf(reader, node, scope),
    type: reader.types.of(node.type ?? { qualType: "" }, scope),
    templateParameters: null,
  };
}

export function aliasTemplateOf(reader: JsonReader, node: AstNode, scope: JsonScope): ApiTypedef {
  const templateParameters = templateParametersOf(reader, node);
  const type = childrenOf(node, "TypeAliasDecl")[0]?.type ?? { qualType: "" };
  return {
    kind: "typedef",
    ...scopedOf(reader, node, scope),
    type: reader.types.ofText(type.qualType, withParameters(scope, templateParameters)),
    templateParameters,
  };
}
