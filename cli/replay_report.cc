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
  out_ << "FAIL " << name << "\n";
  TellDifferences(place, differences);
}

void ReplayReport::TellRows(const CasePlace& place, const std::string& name,
                            const std::vector<Difference>& differences,
                            const std::vector<AnswerRow>& rows,
                            const std::string& refusal) {
  static const auto* const kTable = new TextTable({{"Case", 34},
                                                   {"What applies here", 38},
                                                   {"Ordinary law", 24},
                                                   {"Why", 52}});
  std::vector<std::vector<std::string>> cells;
  for (const AnswerRow& row : rows) {
    cells.push_back(
        {cells.empty() ? name : "", row.here, row.ordinary_law, row.why});
  }
  if (rows.empty()) cells.push_back({name, refusal, "", ""});
  TellCells(place, *kTable, cells, differences);
}

void ReplayReport::TellDay(const CasePlace& place, const std::string& day,
                           const std::string& name,
                           const std::vector<Difference>& differences,
                           const std::vector<AnswerRow>& rows,
                           const std::string& refusal) {
  static const auto* const kTable = new TextTable({{"Day", 10},
                                                   {"What happens", 34},
                                                   {"What applies here", 36},
                                                   {"Ordinary law", 29}});
  std::vector<std::vector<std::string>> cells;
  for (const AnswerRow& row : rows) {
    cells.push_back({cells.empty() ? day : "", cells.empty() ? name : "",
                     row.here, row.ordinary_law});
  }
  if (rows.empty()) cells.push_back({day, name, refusal, ""});
  TellCells(place, *kTable, cells, differences);
}

void ReplayReport::TellCells(const CasePlace& place, const TextTable& table,
                             std::vector<std::vector<std::string>> cells,
                             const std::vector<Difference>& differences) {
  ++(differences.empty() ? passed_ : failed_);
  if (!has_head_) out_ << table.Head();
  has_head_ = true;
  for (const auto& row : cells) out_ << table.Row(row);
  if (differences.empty()) return;
  out_ << "FAIL not as expected\n";
  TellDifferences(place, differences);
}

void ReplayReport::TellDifferences(const CasePlace& place,
                                   const std::vector<Difference>& differences) {
  out_ << "     " << place << "\n";
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
