#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/catalog/catalog.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"

namespace frikommune::catalog {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::TextFormat;

// Turns the parser's errors into problems.
class Collector final : public google::protobuf::io::ErrorCollector {
 public:
  Collector(std::string file, std::vector<Problem>& problems)
      : file_(std::move(file)), problems_(problems) {}

  void AddError(int line, int column, const std::string& message) override {
    problems_.push_back({{file_, line + 1},
                         absl::StrCat("column ", column + 1, ": ", message),
                         ""});
  }

 private:
  std::string file_;
  std::vector<Problem>& problems_;
};

// Remembers where each part of `message` was written. `line` is the line of the
// message itself.
void Locate(const Message& message, const TextFormat::ParseInfoTree* tree,
            const std::string& file, int line, Catalog& catalog) {
  catalog.locations[&message] = {file, line};
  if (tree == nullptr) return;
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int count =
        field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const int index = field->is_repeated() ? i : -1;
      const Message& part =
          field->is_repeated()
              ? reflection->GetRepeatedMessage(message, field, i)
              : reflection->GetMessage(message, field);
      Locate(part, tree->GetTreeForNested(field, index), file,
             tree->GetLocation(field, index).line + 1, catalog);
    }
  }
}

// Moves the parts of `from` to the end of `into`. Parts keep their addresses,
// so that what is known of where they were written still holds. A single field
// that both set is a problem.
void MoveParts(Message& from, Message& into, const std::string& file,
               std::vector<Problem>& problems) {
  const auto* reflection = from.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(from, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool is_message =
        field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (field->is_repeated() && is_message) {
      std::vector<Message*> parts;
      while (reflection->FieldSize(from, field) > 0) {
        parts.push_back(reflection->ReleaseLast(&from, field));
      }
      for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        reflection->AddAllocatedMessage(&into, field, *part);
      }
    } else if (!field->is_repeated() && reflection->HasField(into, field)) {
      problems.push_back(
          {{file, 0},
           absl::StrCat(field->name(),
                        " is set in another file of this folder"),
           ""});
    } else if (is_message) {
      reflection->SetAllocatedMessage(
          &into, reflection->ReleaseMessage(&from, field), field);
    } else {
      // A scalar has no parts with an address: a copy of this field alone.
      auto alone = std::unique_ptr<Message>(from.New());
      alone->CopyFrom(from);
      std::vector<const FieldDescriptor*> others;
      reflection->ListFields(*alone, &others);
      for (const FieldDescriptor* other : others) {
        if (other != field) reflection->ClearField(alone.get(), other);
      }
      into.MergeFrom(*alone);
    }
  }
}

// Reads `file` into `message` and remembers where its parts are. False, with a
// problem, if it is not well written.
bool Read(const SourceFile& file, Message& message, Catalog& catalog,
          std::vector<Problem>& problems) {
  Collector collector(file.path, problems);
  TextFormat::ParseInfoTree tree;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  parser.WriteLocationsTo(&tree);
  google::protobuf::io::ArrayInputStream input(
      file.text.data(), static_cast<int>(file.text.size()));
  if (!parser.Parse(&input, &message)) return false;
  Locate(message, &tree, file.path, 1, catalog);
  return true;
}

// What stands before the last "/" of a path.
std::string FolderOf(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

}  // namespace

const Location& Catalog::WhereIs(const Message& message) const {
  static const Location* const kNowhere = new Location{"catalog", 0};
  const auto found = locations.find(&message);
  return found != locations.end() ? found->second : *kNowhere;
}

Catalog ParseCatalog(const std::vector<SourceFile>& files,
                     std::vector<Problem>& problems) {
  Catalog catalog;
  std::map<std::string, std::unique_ptr<v1::Experiment>> experiments;
  for (const SourceFile& file : files) {
    if (absl::EndsWith(file.path, ".jsonl")) {
      catalog.case_files.push_back(file);
    } else if (!absl::EndsWith(file.path, ".textproto")) {
      continue;
    } else if (absl::StartsWith(file.path, "network/")) {
      v1::Network part;
      if (!Read(file, part, catalog, problems)) continue;
      MoveParts(part, catalog.network, file.path, problems);
    } else if (absl::StartsWith(file.path, "law/")) {
      auto provision = std::make_unique<v1::Provision>();
      if (!Read(file, *provision, catalog, problems)) continue;
      const std::string expected =
          absl::StrCat("law/", provision->id(), ".textproto");
      if (file.path != expected) {
        problems.push_back(
            {{file.path, 1},
             absl::StrCat("id \"", provision->id(), "\" belongs in ", expected),
             ""});
      }
      catalog.provisions.push_back(std::move(provision));
    } else if (absl::StartsWith(file.path, "experiments/")) {
      v1::Experiment part;
      if (!Read(file, part, catalog, problems)) continue;
      auto& experiment = experiments[FolderOf(file.path)];
      if (experiment == nullptr) {
        experiment = std::make_unique<v1::Experiment>();
        catalog.locations[experiment.get()] = {file.path, 1};
      }
      if (!part.id().empty()) {
        catalog.locations[experiment.get()] = {file.path, 1};
      }
      MoveParts(part, *experiment, file.path, problems);
    } else {
      problems.push_back({{file.path, 0},
                          "belongs to none of network/, law/ and experiments/",
                          ""});
    }
  }
  for (auto& [folder, experiment] : experiments) {
    catalog.experiments.push_back(std::move(experiment));
  }
  const auto by_id = [](const auto& a, const auto& b) {
    return a->id() < b->id();
  };
  std::sort(catalog.provisions.begin(), catalog.provisions.end(), by_id);
  std::sort(catalog.experiments.begin(), catalog.experiments.end(), by_id);
  if (catalog.provisions.empty() && problems.empty()) {
    problems.push_back({{"law", 0}, "holds no provision", ""});
  }
  return catalog;
}

}  // namespace frikommune::catalog
