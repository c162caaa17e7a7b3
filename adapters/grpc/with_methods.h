#ifndef FRIKOMMUNE_ADAPTERS_GRPC_WITH_METHODS_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_WITH_METHODS_H_

namespace frikommune::rpc {

template <typename Service, template <typename> class... Methods>
struct WithMethodsOf {
  using Type = Service;
};

template <typename Service, template <typename> class First,
          template <typename> class... Rest>
struct WithMethodsOf<Service, First, Rest...> {
  using Type = First<typename WithMethodsOf<Service, Rest...>::Type>;
};

// A generated service, with what is generated of how its methods are served:
// WithMethods<S, S::WithCallbackMethod_A, S::WithRawCallbackMethod_B>.
template <typename Service, template <typename> class... Methods>
using WithMethods = typename WithMethodsOf<Service, Methods...>::Type;

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_WITH_METHODS_H_
