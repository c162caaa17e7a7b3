#ifndef FRIKOMMUNE_PORTS_IDS_H_
#define FRIKOMMUNE_PORTS_IDS_H_

#include <string>

namespace frikommune {

// Makes ids for what is kept (core/resource_id), each after all that were made
// before it. Safe to call from many threads at once.
class Ids {
 public:
  virtual ~Ids() = default;
  virtual std::string Next() = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_IDS_H_
