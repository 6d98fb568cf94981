// Reads a header's XML of this program's own making, writes it again, and meta data too: alone, or by the flavor of the first argument.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <sstream>
#include <string>

#ifdef ALONE
#include "ismrmrd/meta.h"
#include "ismrmrd/xml.h"
#else
#include "ismrmrd/both.h"
#endif

namespace {

std::string Xml(int encodings) {
  std::ostringstream text;
  text << "<?xml version=\"1.0\"?><ismrmrdHeader xmlns=\"http://www.ismrm.org/ISMRMRD\">"
       << "<studyInformation><studyDate>2026-11-30</studyDate><studyID>s &amp; t</studyID></studyInformation>"
       << "<experimentalConditions><H1resonanceFrequency_Hz>63500000</H1resonanceFrequency_Hz></experimentalConditions>";
  for (int i = 0; i < encodings; i++)
    text << "<encoding><encodedSpace><matrixSize><x>" << 64 + i << "</x><y>64</y><z>1</z></matrixSize><fieldOfView_mm><x>300.5</x><y>300</y><z>6</z>"
         << "</fieldOfView_mm></encodedSpace><reconSpace><matrixSize><x>64</x><y>64</y><z>1</z></matrixSize><fieldOfView_mm><x>300</x><y>300</y><z>6</z>"
         << "</fieldOfView_mm></reconSpace><encodingLimits><slice><minimum>0</minimum><maximum>" << i << "</maximum><center>0</center></slice></encodingLimits>"
         << "<trajectory>" << (i % 2 == 0 ? "cartesian" : "radial") << "</trajectory></encoding>";
  text << "</ismrmrdHeader>";
  return text.str();
}

template <typename Header, typename Meta, typename Read, typename Write, typename ReadMeta, typename WriteMeta>
int Use(Read read, Write write, ReadMeta read_meta, WriteMeta write_meta) {
  for (int encodings = 1; encodings <= 3; encodings++) {
    Header header;
    read(Xml(encodings).c_str(), header);
    std::ostringstream out;
    write(header, out);
    std::printf("%zu encodings, %s\n", header.encoding.size(), out.str().c_str());
  }
  Meta meta;
  meta.set("text", "a < b");
  meta.append("number", 4L);
  meta.append("number", 2.5);
  std::ostringstream out;
  write_meta(meta, out);
  Meta again;
  read_meta(out.str().c_str(), again);
  std::printf("%s %zu %g\n", out.str().c_str(), again.length("number"), again.as_double("number", 1));
  try {
    Header header;
    read("<nothing", header);
  } catch (const std::exception& error) {
    std::printf("refused: %s\n", error.what());
    return 0;
  }
  return 1;
}

}  // namespace

#define RUN(space)                                                                                                              \
  Use<space::IsmrmrdHeader, space::MetaContainer>([](const char* xml, auto& header) { space::deserialize(xml, header); },        \
                                                  [](const auto& header, std::ostream& out) { space::serialize(header, out); },  \
                                                  [](const char* xml, auto& meta) { space::deserialize(xml, meta); },            \
                                                  [](auto& meta, std::ostream& out) { space::serialize(meta, out); })

int main(int count, char** arguments) {
#ifdef ALONE
  (void)count, (void)arguments;
  return RUN(ISMRMRD);
#else
  const int flavor = count > 1 ? std::atoi(arguments[1]) : 0;
  return flavor == 0 ? RUN(ISMRMRD_legacy) : RUN(ISMRMRD_latest);
#endif
}
