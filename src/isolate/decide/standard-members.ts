/** Owns names that members of the C++ standard library's containers, strings and pointers have (ISO C++ [containers], [strings], [smartptr]). */

/** A name of the tree that is one of them cannot be renamed as a member, too: the library's would be as well. */
export const STANDARD_MEMBERS: ReadonlySet<string> = new Set(
  "append assign at back begin capacity clear contains count data emplace emplace_back empty end erase fill find first front get insert length lower_bound merge pop pop_back pop_front push push_back push_front put release remove replace reserve reset resize reverse second size sort splice str substr swap test top unique upper_bound value".split(
    " ",
  ),
);
