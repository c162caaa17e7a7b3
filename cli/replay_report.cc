#include "cli/replay_report.h"

#include "nlohmann/json.hpp"

namespace frikommune::cli {
namespace {

using nlohmann::ordered_json;

std::ostream& operator<<(std::ostream& out, const CasePlace& place) {
  out << place.file;
  return place.line == 0 ? out : out << ":" << place.line;
}

ordered_json ToJson(const std::vector<Difference>& differences) {
  ordered_json list = ordered_json::array();
  for (const Difference& difference : differences) {
    list.push_back({{"path", difference.path},
                    {"expected", difference.expected},
                    {"actual", difference.actual}});
  }
  return list;
}

}  // namespace

void ReplayReport::Tell(const CasePlace& place, const std::string& name,
                        const std::vector<Difference>& differences) {
  const bool passed = differences.empty();
  ++(passed ? passed_ : failed_);
  if (json_) {
    out_ << ordered_json{{"file", place.file},
                         {"line", place.line},
                         {"name", name},
                         {"ok", passed},
                         {"differences", ToJson(differences)}}
                .dump()
         << "\n";
    return;
  }
  if (passed) {
    out_ << "ok   " << name << "\n";
    return;
  }
  out_ << "FAIL " << name << "\n     " << place << "\n";
  for (const Difference& difference : differences) {
    out_ << "     " << (difference.path.empty() ? "answer" : difference.path)
         << ": expected " << difference.expected << ", got "
         << difference.actual << "\n";
  }
}

void ReplayReport::TellProblem(const CasePlace& place,
                               const std::string& problem) {
  ++problems_;
  if (json_) {
    out_ << ordered_json{{"file", place.file},
                         {"line", place.line},
                         {"problem", problem}}
                .dump()
         << "\n";
  } else {
    out_ << place << ": " << problem << "\n";
  }
}

void ReplayReport::TellSum() {
  if (json_) return;
  out_ << passed_ << " passed, " << failed_ << " failed";
  if (problems_ > 0) out_ << ", " << problems_ << " could not be run";
  out_ << "\n";
}

int ReplayReport::exit_code() const {
  if (problems_ > 0) return 2;
  return failed_ > 0 ? 1 : 0;
}

}  // namespace frikommune::cli
