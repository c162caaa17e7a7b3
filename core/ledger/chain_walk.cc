#include "core/ledger/chain_walk.h"

namespace frikommune::ledger {

namespace {

bool ReadBytes(absl::string_view bytes, v1::Entry& entry) {
  return entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

void SetPlace(const StoredEntry& stored, v1::Entry& entry) {
  entry.set_position(stored.position);
  entry.set_previous_hash(stored.previous_hash.data(),
                          stored.previous_hash.size());
  entry.set_hash(stored.hash.data(), stored.hash.size());
}

}  // namespace

bool Read(const StoredEntry& stored, v1::Entry& entry) {
  if (!stored.bytes.has_value() || !ReadBytes(*stored.bytes, entry)) {
    return false;
  }
  SetPlace(stored, entry);
  return true;
}

bool ChainWalk::Take(const StoredEntry& stored) {
  if (broken_.has_value()) return false;
  entry_.Clear();
  const v1::LinkFault fault = FaultOf(stored);
  if (fault == v1::LINK_FAULT_UNSPECIFIED) {
    verified_.set_position(stored.position);
    verified_.set_hash(entry_.hash());
    return true;
  }
  v1::BrokenLink& broken = broken_.emplace();
  broken.set_position(verified_.position() + 1);
  broken.set_fault(fault);
  if (fault != v1::LINK_FAULT_UNREADABLE) broken.set_name(entry_.name());
  return false;
}

bool ChainWalk::End(int64_t position) {
  if (broken_.has_value()) return false;
  if (verified_.position() >= position) return true;
  broken_.emplace().set_position(verified_.position() + 1);
  broken_->set_fault(v1::LINK_FAULT_MISSING);
  return false;
}

v1::LinkFault ChainWalk::FaultOf(const StoredEntry& stored) {
  if (stored.position != verified_.position() + 1) {
    return v1::LINK_FAULT_MISSING;
  }
  if (!stored.bytes.has_value()) return v1::LINK_FAULT_CHANGED;
  if (!ReadBytes(*stored.bytes, entry_)) return v1::LINK_FAULT_UNREADABLE;
  if (!IsWhole(*stored.bytes)) return v1::LINK_FAULT_CHANGED;
  SetPlace(stored, entry_);
  const bool follows = entry_.previous_hash() == verified_.hash();
  if (entry_.hash() != hasher_.HashOf(entry_)) {
    return follows ? v1::LINK_FAULT_CHANGED : v1::LINK_FAULT_MISPLACED;
  }
  if (entry_.municipality() != municipality_ ||
      entry_.request_id() != stored.request_id ||
      entry_.subject() != stored.subject) {
    return v1::LINK_FAULT_MISPLACED;
  }
  return follows ? v1::LINK_FAULT_UNSPECIFIED : v1::LINK_FAULT_UNLINKED;
}

bool ChainWalk::IsWhole(absl::string_view bytes) {
  const auto has_unknown = [](const google::protobuf::Message& message) {
    return !message.GetReflection()->GetUnknownFields(message).empty();
  };
  if (has_unknown(entry_) || has_unknown(entry_.index()) ||
      has_unknown(entry_.time()) || entry_.position() != 0 ||
      !entry_.previous_hash().empty() || !entry_.hash().empty()) {
    return false;
  }
  // Some bytes say nothing: the upper ones of a negative number, for one.
  bytes_.clear();
  return entry_.AppendToString(&bytes_) && bytes_ == bytes;
}

absl::string_view Describe(v1::LinkFault fault) {
  switch (fault) {
    case v1::LINK_FAULT_MISSING:
      return "there is no entry";
    case v1::LINK_FAULT_UNREADABLE:
      return "what is stored is no entry";
    case v1::LINK_FAULT_MISPLACED:
      return "the entry belongs elsewhere";
    case v1::LINK_FAULT_CHANGED:
      return "the entry was changed";
    case v1::LINK_FAULT_UNLINKED:
      return "the entry does not follow the one before it";
    default:
      return "nothing is wrong";
  }
}

}  // namespace frikommune::ledger
